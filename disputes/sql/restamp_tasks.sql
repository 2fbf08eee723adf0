-- Open tasks about a screening, with the screening's point.
select r.id, r.grid_id, s.point,
    not s.restricted and not exists (
        select from disputes_disputescreening l
        join disputes_dispute d on d.id = l.dispute_id
        where l.screening_id = s.id and (d.restricted or d.protected)
    ) as told
from tasks_task r
join disputes_screening s on s.id = r.subject_id
where r.state = 'open' and r.subject_kind = 'screening' and {grids}
