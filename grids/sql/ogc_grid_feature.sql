-- The text of a grid's feature.
concat(
    '{"type":"Feature","id":"', s.id, '","geometry":', ST_AsGeoJSON(s.geom, 7),
    ',"properties":{"grid":"', a.id, '","code":"', a.code, '","name":', to_json(s.name), ',"kind":"', s.kind,
    '","households":', coalesce(s.households::text, 'null'), ',"community":"', c.code, '","community_name":',
    to_json(c.name), ',"valid_from":"', s.valid_from, '","valid_to":', coalesce(to_json(s.valid_to)::text, 'null'),
    ',"release":"', s.release_id, '","synthetic":', to_json(a.synthetic), '}}'
)
