-- A page of grids as the text of GeoJSON features, and how many there are in all. {shape} says which shapes are
-- meant (announced, or in force on a day), {filters} are conditions of the view's own allow-list.
with found as (
    select g.id, g.rev, g.code, g.community_id, c.parent_id as street_id, g.duties, g.synthetic, s.name, s.kind,
        s.households, s.release_id, s.geom
    from grids_grid g
    join accounts_area c on c.id = g.community_id
    join grids_gridshape s on s.grid_id = g.id
    where c.parent_id = any(%(streets)s::uuid[]) and {shape} {filters}
),
page as (
    select * from found order by code limit %(limit)s offset %(offset)s
)
select
    (select count(*) from found),
    (select string_agg(
        '{"type":"Feature","id":"' || id || '","geometry":' || ST_AsGeoJSON(geom, 7) || ',"properties":'
        || json_build_object(
            'rev', rev, 'code', code, 'name', name, 'kind', kind, 'households', households,
            'community_id', community_id, 'street_id', street_id, 'duties', duties, 'synthetic', synthetic,
            'release_id', release_id
        )::text || '}', ',' order by code
    ) from page)
