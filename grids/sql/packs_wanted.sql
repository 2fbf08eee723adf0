-- What the pack of each worker with a phone is to hold: the own grids, those that touch them in streets of the own
-- grids, and a fingerprint of all that goes into it.
with own as (
    select x.worker_id, x.grid_id, c.parent_id as street_id
    from grids_assignment x
    join grids_grid g on g.id = x.grid_id
    join accounts_area c on c.id = g.community_id
    where x.valid_from <= %(today)s and (x.valid_to is null or x.valid_to > %(today)s)
        and exists (select from accounts_device d where d.user_id = x.worker_id and d.state = 'active')
),
around as (
    select distinct o.worker_id, n.grid_id, n.id as shape_id, n.release_id, g.rev
    from own o
    join grids_gridshape s on s.grid_id = o.grid_id and s.announced
    join grids_gridshape n on n.announced and n.valid_from is not null and n.geom && s.geom
        and ST_Intersects(n.geom, s.geom)
    join grids_grid g on g.id = n.grid_id
    join accounts_area c on c.id = g.community_id
    where c.parent_id in (select p.street_id from own p where p.worker_id = o.worker_id)
),
areas as (
    select o.worker_id, string_agg(s.id::text || a.rev, ' ' order by s.id) as states
    from (select distinct worker_id, street_id from own) as o
    join accounts_area a on a.id = o.street_id or a.parent_id = o.street_id
    join grids_areashape s on s.area_id = a.id and s.announced
    group by o.worker_id
),
mine as (
    select worker_id, array_agg(grid_id order by grid_id) as own, array_agg(distinct street_id) as streets
    from own group by worker_id
)
select m.worker_id, m.own, m.streets,
    (select array_agg(r.grid_id order by r.grid_id) from around r where r.worker_id = m.worker_id) as grids,
    (select array_agg(distinct r.release_id order by r.release_id) from around r where r.worker_id = m.worker_id),
    encode(sha256(convert_to(concat_ws(' ',
        %(form)s::text, m.own::text,
        (select string_agg(r.shape_id::text || r.rev, ' ' order by r.shape_id) from around r
            where r.worker_id = m.worker_id),
        (select states from areas where areas.worker_id = m.worker_id),
        (select sum(rev) from grids_codetablerow)
    ), 'UTF8')), 'hex') as source
from mine m
order by m.worker_id
