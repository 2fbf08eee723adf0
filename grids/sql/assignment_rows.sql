-- Phone rows of assignments: who is in charge, for the whole street (GR-8 publishes it).
select 'area:' || c.parent_id::text as scope, r.id, r.rev,
    json_build_object(
        'id', r.id, 'rev', r.rev, 'grid_id', r.grid_id, 'worker_id', r.worker_id, 'worker_name', u.name,
        'kind', r.kind, 'phone', r.phone, 'valid_from', r.valid_from, 'valid_to', r.valid_to
    )::text as payload
from grids_assignment r
join grids_grid g on g.id = r.grid_id
join accounts_area c on c.id = g.community_id
join accounts_user u on u.id = r.worker_id
where {roots} and not r.closed
