-- The grid of each point on a day. On a common edge or vertex the grid with the lowest code wins.
-- Points without a grid give no row.
select p.n, hit.id, hit.code, hit.community_id, hit.street_id, hit.release_id
from unnest(%(lon)s::int8[], %(lat)s::int8[]) with ordinality as p (lon, lat, n)
cross join lateral (
    select g.id, g.code, g.community_id, c.parent_id as street_id, s.release_id
    from grids_gridshape s
    join grids_grid g on g.id = s.grid_id
    join accounts_area c on c.id = g.community_id
    where ST_Intersects(
            s.geom, ST_SetSRID(ST_MakePoint(p.lon::float8 / 1e7::float8, p.lat::float8 / 1e7::float8), 4326)
        )
        and s.valid_from <= %(day)s::date and (s.valid_to is null or s.valid_to > %(day)s::date)
    order by g.code
    limit 1
) as hit
