-- The text of an area's feature.
concat(
    '{"type":"Feature","id":"', s.id, '","geometry":', ST_AsGeoJSON(s.geom, 7),
    ',"properties":{"area":"', a.id, '","code":"', a.code, '","name":', to_json(a.name), ',"level":"', a.level,
    '","parent":', coalesce(to_json(p.code)::text, 'null'), ',"valid_from":"', s.valid_from, '","valid_to":',
    coalesce(to_json(s.valid_to)::text, 'null'), ',"release":"', s.release_id, '"}}'
)
