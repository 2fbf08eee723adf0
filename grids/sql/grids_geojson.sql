-- A page of grids as the texts of GeoJSON features. {shape} says which shapes are meant (announced, or in force on
-- a day), {filters} are conditions of the view's own allow-list. Text is joined by hand: json_build_object alone
-- takes longer than all geometries. They arrive in the order of their codes, as the page is cut. Only the name and the
-- duties are free text; the rest has nothing to escape.
select count(*), convert_to(coalesce(string_agg(page.feature, ','), ''), 'UTF8')
from (
    select g.code, concat(
        '{"type":"Feature","id":"', g.id, '","geometry":', ST_AsGeoJSON(s.geom, 7),
        ',"properties":{"rev":', g.rev, ',"code":"', g.code, '","name":', to_json(s.name), ',"kind":"', s.kind,
        '","households":', coalesce(s.households::text, 'null'), ',"community_id":"', g.community_id,
        '","street_id":"', c.parent_id, '","duties":', array_to_json(g.duties), ',"synthetic":', to_json(g.synthetic),
        ',"release_id":"', s.release_id, '"}}'
    ) as feature
    from {grids} g
    join {areas} c on c.id = g.community_id
    join grids_gridshape s on s.grid_id = g.id
    where c.parent_id = any(%(streets)s::uuid[]) and {shape} {filters}
    order by g.code
    limit %(limit)s offset %(offset)s
) as page
