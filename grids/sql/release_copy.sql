-- Drafts that bring back what was in force on a day: all grids of the communities and the areas that a release
-- concerned.
insert into grids_draftrow (release_id, level, number, code, name, kind, households, geom)
select %(release)s, 'grid', row_number() over (order by g.code), g.code, s.name, s.kind, s.households, s.geom
from grids_grid g
join grids_gridshape s on s.grid_id = g.id
    and s.valid_from <= %(day)s and (s.valid_to is null or s.valid_to > %(day)s)
where g.community_id = any(%(communities)s::uuid[])
union all
select %(release)s, a.level, row_number() over (order by a.code), a.code, a.name, '', null, s.geom
from accounts_area a
join grids_areashape s on s.area_id = a.id
    and s.valid_from <= %(day)s and (s.valid_to is null or s.valid_to > %(day)s)
where a.id in (select n.area_id from grids_areashape n where n.release_id = %(old)s) and a.valid_to is null
