-- The grids in force on a day in the communities for which a release brings grids.
select g.code, s.name, s.kind, s.households, ST_AsBinary(s.geom)
from grids_grid g
join grids_gridshape s on s.grid_id = g.id
    and s.valid_from <= %(day)s and (s.valid_to is null or s.valid_to > %(day)s)
where g.community_id = any(%(communities)s::uuid[])
order by g.code
