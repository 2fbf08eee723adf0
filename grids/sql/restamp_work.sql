-- The open records of one sort in the grids that change, and those without a grid where a new shape lies.
drop table if exists pg_temp.grids_work, pg_temp.grids_hit, pg_temp.grids_moved;
create temporary table grids_work (id uuid, grid_id uuid, point geometry, told boolean) on commit drop;
create temporary table grids_hit (id uuid, code text) on commit drop;
create temporary table grids_moved (id uuid, grid_id uuid, to_code text, told boolean) on commit drop;
insert into grids_work (id, grid_id, point, told)
select w.id, w.grid_id, w.point, w.told from ({in_grids}) w;
create index on grids_work (grid_id);
insert into grids_work (id, grid_id, point, told)
select distinct on (w.id) w.id, w.grid_id, w.point, w.told
from ({without_grid}) w
join grids_on n on ST_Intersects(n.geom, w.point);
analyze grids_work (grid_id)
