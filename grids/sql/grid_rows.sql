-- Phone rows of grids: in the scope of the street, while a shape is announced.
select 'area:' || c.parent_id::text as scope, r.id, r.rev,
    json_build_object(
        'id', r.id, 'rev', r.rev, 'code', r.code, 'name', r.name, 'kind', r.kind,
        'community_id', r.community_id, 'street_id', c.parent_id, 'households', r.households,
        'duties', r.duties, 'synthetic', r.synthetic, 'release_id', s.release_id,
        'geometry', ST_AsGeoJSON(s.geom, 7)::json
    )::text as payload
from grids_grid r
join accounts_area c on c.id = r.community_id
join grids_gridshape s on s.grid_id = r.id and s.announced
where {roots}
