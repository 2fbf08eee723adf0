-- Both sides of an announcement, by the ids of shapes.
insert into grids_off select s.grid_id, s.geom from grids_gridshape s where s.id = any(%(off)s::uuid[]);
insert into grids_on
select g.code, s.geom from grids_gridshape s join grids_grid g on g.id = s.grid_id where s.id = any(%(on)s::uuid[]);
analyze grids_off (grid_id)
