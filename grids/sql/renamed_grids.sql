-- Grids that ended today and the grid that took over their shape under another code.
select o.grid_id, n.grid_id
from grids_gridshape o
join grids_gridshape n on n.id = any(%(on)s::uuid[]) and n.geom ~= o.geom and ST_Equals(n.geom, o.geom)
    and n.grid_id <> o.grid_id
where o.id = any(%(off)s::uuid[])
    and not exists (select from grids_gridshape s where s.grid_id = o.grid_id and s.announced)
    and not exists (select from grids_gridshape s where s.id = any(%(off)s::uuid[]) and s.grid_id = n.grid_id)
