-- The grids of a pack as the texts of features with their ids, in the order of codes, and their box.
select g.id::text, concat(
        '{"type":"Feature","id":"', g.id, '","geometry":', ST_AsGeoJSON(s.geom, 7),
        ',"properties":{"code":"', g.code, '","name":', to_json(s.name), ',"kind":"', s.kind,
        '","community":"', g.community_id, '","own":', to_json(g.id = any(%(own)s)),
        ',"duties":', array_to_json(g.duties), ',"release":"', s.release_id, '"}}'
    ), ST_XMin(s.geom), ST_YMin(s.geom), ST_XMax(s.geom), ST_YMax(s.geom)
from grids_gridshape s
join grids_grid g on g.id = s.grid_id
where s.announced and g.id = any(%(grids)s)
order by g.code
