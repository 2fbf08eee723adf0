-- For each point the grids that its circle touches on a day, with the metres to the grid's border; where the point
-- is in none and touches none, the nearest one within the tolerance (`hint`). Of grids in other streets than the
-- given ones there is no row (no list: all streets), nor for points without any grid. Metres are those of the plane
-- that touches the ellipsoid at the point: wrong by 1 mm at 1 km. The boxes are only for the index; `materialized` keeps
-- the planner from working out metres per degree anew for every grid.
with p as materialized (
    select q.n, q.geom, q.east, q.north, q.circle, -q.lon * q.east as west, -q.lat * q.north as south,
        ST_Expand(q.geom, q.circle / q.east, q.circle / q.north) as box
    from (
        select r.n, r.lon, r.lat, r.circle, ST_SetSRID(ST_MakePoint(r.lon, r.lat), 4326) as geom,
            111319.49079327358 * cos(radians(r.lat)) / sqrt(r.flat) as east,
            110574.27582159436 / (r.flat * sqrt(r.flat)) as north
        from (
            select u.n, u.lon / 1e7::float8 as lon, u.lat / 1e7::float8 as lat, u.circle / 100::float8 as circle,
                0.99665281000492935 + 0.00334718999507065 * cos(radians(u.lat / 5e6::float8)) as flat
            from unnest(%(lon)s::int8[], %(lat)s::int8[], %(circle)s::int8[])
                with ordinality as u (lon, lat, circle, n)
        ) as r
    ) as q
),
near as materialized (
    select p.n, p.circle, s.grid_id, s.release_id, ST_Intersects(s.geom, p.geom) as inside,
        ST_Distance(
            ST_Boundary(ST_Affine(s.geom, p.east, 0, 0, p.north, p.west, p.south)), 'srid=4326;point(0 0)'::geometry
        ) as metres
    from p
    join grids_gridshape s on s.geom && p.box
    where s.valid_from <= %(day)s and (s.valid_to is null or s.valid_to > %(day)s)
),
seen as materialized (
    select h.n, h.inside, h.metres, h.grid_id, h.release_id, g.code
    from near h
    join grids_grid g on g.id = h.grid_id
    where (h.inside or h.metres < h.circle)
        and (%(streets)s::uuid[] is null or g.community_id in (
            select c.id from accounts_area c where c.parent_id = any(%(streets)s::uuid[])
        ))
)
select h.n, h.inside, h.metres, h.grid_id, case when h.inside then h.release_id end, h.code, false
from seen h
union all
select p.n, false, hint.metres, hint.grid_id, null, hint.code, true
from p
cross join lateral (
    select s.grid_id, g.code,
        ST_Distance(
            ST_Affine(s.geom, p.east, 0, 0, p.north, p.west, p.south), 'srid=4326;point(0 0)'::geometry
        ) as metres
    from grids_gridshape s
    join grids_grid g on g.id = s.grid_id
    join accounts_area c on c.id = g.community_id
    where s.geom && ST_Expand(p.geom, %(tolerance)s / p.east, %(tolerance)s / p.north)
        and s.valid_from <= %(day)s and (s.valid_to is null or s.valid_to > %(day)s)
        and (%(streets)s::uuid[] is null or c.parent_id = any(%(streets)s::uuid[]))
    order by metres, g.code
    limit 1
) as hint
where not exists (select from seen where seen.n = p.n) and hint.metres <= %(tolerance)s
