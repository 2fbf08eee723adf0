-- Grids that share at least a vertex with this one on a day, lowest code first.
select g.id, g.code
from grids_gridshape own
join grids_gridshape s on s.geom && own.geom and ST_Touches(s.geom, own.geom) and s.grid_id <> own.grid_id
join grids_grid g on g.id = s.grid_id
where own.id = %(shape)s and s.valid_from <= %(day)s and (s.valid_to is null or s.valid_to > %(day)s)
order by g.code
