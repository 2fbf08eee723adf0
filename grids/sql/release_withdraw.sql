-- The shapes of a release that never were in force are drafts again, and what was to end on its day goes on.
insert into grids_draftrow (release_id, level, number, code, name, kind, households, geom)
select s.release_id, 'grid', row_number() over (order by g.code), g.code, s.name, s.kind, s.households, s.geom
from grids_gridshape s
join grids_grid g on g.id = s.grid_id
where s.release_id = %(release)s;
insert into grids_draftrow (release_id, level, number, code, name, kind, geom)
select s.release_id, a.level, row_number() over (order by a.code), a.code, a.name, '', s.geom
from grids_areashape s
join accounts_area a on a.id = s.area_id
where s.release_id = %(release)s;
delete from grids_mapshape m
using grids_gridshape s
where s.id = m.grid_shape_id and s.release_id = %(release)s;
delete from grids_mapshape m
using grids_areashape s
where s.id = m.area_shape_id and s.release_id = %(release)s;
update grids_areashape s set valid_to = null
from grids_areashape mine
where mine.release_id = %(release)s and s.area_id = mine.area_id and s.id <> mine.id and s.valid_to = %(day)s;
delete from grids_gridshape where release_id = %(release)s;
delete from grids_areashape where release_id = %(release)s;
update grids_gridshape s set valid_to = null
from grids_grid g
where g.id = s.grid_id and g.community_id = any(%(communities)s::uuid[]) and s.valid_to = %(day)s
