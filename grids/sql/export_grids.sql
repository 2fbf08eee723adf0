-- The visible grids of a day with their shapes, for a file.
with streets (id) as materialized ({streets})
select g.code, s.name, s.kind, s.households, c.code, c.name, p.code, p.name, s.valid_from, s.valid_to,
    s.release_id::text, g.synthetic, ST_AsBinary(s.geom)
from grids_gridshape s
join {grids} g on g.id = s.grid_id
join {areas} c on c.id = g.community_id
join {areas} p on p.id = c.parent_id
where c.parent_id in (select id from streets)
    and s.valid_from <= %(at)s and (s.valid_to is null or s.valid_to > %(at)s)
order by g.code
limit %(most)s + 1
