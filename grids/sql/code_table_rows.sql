-- Phone rows of code tables, for everybody.
select 'common' as scope, r.id, r.rev,
    json_build_object('id', r.id, 'rev', r.rev, 'name', r.name, 'entries', r.entries)::text as payload
from grids_codetablerow r
where {roots}
