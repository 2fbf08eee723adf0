-- The text of a place with its count, told as a class.
concat(
    '{"type":"Feature","id":"', s.id, '","geometry":', ST_AsGeoJSON(s.geom, 7),
    ',"properties":{"code":"', a.code, '","name":', to_json(a.name), ',"from":', n.least,
    ',"to":', n.least + %(width)s - 1, '}}'
)
