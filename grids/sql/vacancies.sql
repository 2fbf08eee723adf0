-- Grids in force that have no primary on some day from today up to {until}: the first such day of each, and the first
-- day on which somebody is there again (none within that time: empty). Who is not in use or no grid worker then does not
-- count. {which} says which grids are meant.
select g.id, g.code, s.name, g.community_id, lower(first.gap), nullif(upper(first.gap), %(until)s)
from grids_grid g
join grids_gridshape s on s.grid_id = g.id and s.announced
cross join lateral (
    select coalesce(
        range_agg(daterange(a.valid_from, a.valid_to) * daterange(m.valid_from, m.valid_to)), '{}'
    ) as days
    from grids_assignment a
    join accounts_user u on u.id = a.worker_id and u.state = 'active'
    join accounts_membership m on m.user_id = a.worker_id and m.role = 'grid_worker' and m.state = 'confirmed'
    where a.grid_id = g.id and a.kind = 'primary' and not a.closed
) as held
cross join lateral (
    select gap
    from unnest(datemultirange(daterange(%(today)s, %(until)s)) - held.days) as gap
    order by gap
    limit 1
) as first
where {which}
order by lower(first.gap), g.code
