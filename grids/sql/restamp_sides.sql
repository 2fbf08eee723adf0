-- Where a restamping writes what it compares: the grids that end or change, and the shapes that come. Gone at the
-- end of the transaction at the latest. Whoever fills `grids_off` analyzes it: else the planner reads all records
-- instead of those of the few grids. For the same reason a page read out of turn counts as on a solid-state disk: of a
-- million records one in a hundred is found by its key, not by reading all.
set local random_page_cost = 1.1;
drop table if exists pg_temp.grids_off, pg_temp.grids_on, pg_temp.grids_seen;
create temporary table grids_off (grid_id uuid, geom geometry) on commit drop;
create temporary table grids_on (code text, geom geometry) on commit drop;
create temporary table grids_seen (kind text, id uuid) on commit drop
