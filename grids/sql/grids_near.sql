-- Ids of the grids within a distance of each point on a day, lowest code first. The box is only for the index:
-- it is a little larger than the circle.
select p.n, near.ids
from unnest(%(lon)s::int8[], %(lat)s::int8[]) with ordinality as p (lon, lat, n)
cross join lateral (
    select ST_SetSRID(ST_MakePoint(p.lon::float8 / 1e7::float8, p.lat::float8 / 1e7::float8), 4326) as geom,
        %(metres)s::float8 / 110000.0 as dy,
        %(metres)s::float8 / (110000.0 * cos(radians(p.lat::float8 / 1e7::float8))) as dx
) as at
cross join lateral (
    select array_agg(g.id order by g.code) as ids
    from grids_gridshape s
    join grids_grid g on g.id = s.grid_id
    where s.geom && ST_Expand(at.geom, at.dx, at.dy)
        and ST_DWithin(s.geom::geography, at.geom::geography, %(metres)s::float8)
        and s.valid_from <= %(day)s::date and (s.valid_to is null or s.valid_to > %(day)s::date)
) as near
where near.ids is not null
