-- How many grids the same question has in all.
select count(*)
from {grids} g
join {areas} c on c.id = g.community_id
join grids_gridshape s on s.grid_id = g.id
where c.parent_id = any(%(streets)s::uuid[]) and {shape} {filters}
