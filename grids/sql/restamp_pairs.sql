-- Which new shapes meet which old grids, and which grid takes over most of one that ends: once for all sorts of
-- records. The new shapes are the outer side, so that each is prepared once and finds the old ones by the index: all
-- grids of a district may change at once.
create index on grids_off using gist (geom);
drop table if exists pg_temp.grids_pair, pg_temp.grids_heir;
create temporary table grids_pair on commit drop as
select o.grid_id, n.code, n.geom, o.geom as old
from grids_on n
cross join lateral (
    select f.grid_id, f.geom from grids_off f where f.geom && n.geom and ST_Intersects(n.geom, f.geom) offset 0
) o;
create temporary table grids_heir on commit drop as
select distinct on (p.grid_id) p.grid_id, p.code
from grids_pair p
join grids_grid g on g.id = p.grid_id
where not exists (select from grids_on n where n.code = g.code)
order by p.grid_id, ST_Area(ST_Intersection(p.old, p.geom)) desc, p.code;
analyze grids_pair (grid_id)
