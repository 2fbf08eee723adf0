-- Signed metres from each point to the border of a leave area: positive inside.
select p.n,
    ST_Distance(ST_Boundary(l.geom)::geography, p.geom::geography)
        * case when ST_Covers(l.geom, p.geom) then 1 else -1 end
from grids_leavearea l
cross join lateral (
    select q.n,
        ST_SetSRID(ST_MakePoint(q.lon::float8 / 1e7::float8, q.lat::float8 / 1e7::float8), 4326) as geom
    from unnest(%(lon)s::int8[], %(lat)s::int8[]) with ordinality as q (lon, lat, n)
) as p
where l.id = %(leave_area)s
order by p.n
