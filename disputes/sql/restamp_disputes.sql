-- Open disputes with the point of the screening they were opened from: what a new map may bring to another grid.
-- One that a person has put into a grid has no point of its own any more: it follows that grid.
select r.id, r.grid_id,
    case when not exists (select from disputes_disputemove m where m.dispute_id = r.id) then p.point end as point,
    not r.restricted and not r.protected as told
from disputes_dispute r
left join lateral (
    select s.point
    from disputes_disputescreening l
    join disputes_screening s on s.id = l.screening_id
    where l.dispute_id = r.id
    order by l.at, l.id
    limit 1
) p on true
where r.state = any(array[{states}]) and {grids}
