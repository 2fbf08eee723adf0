-- Shapes of a release with their codes, levels and the codes of what is above.
select 'grid' as level, g.code, left(g.code, 12) as parent, s.households, ST_AsBinary(s.geom)
from grids_gridshape s join grids_grid g on g.id = s.grid_id
where s.release_id = %(release)s
union all
select a.level, a.code, coalesce(p.code, ''), null, ST_AsBinary(s.geom)
from grids_areashape s
join accounts_area a on a.id = s.area_id
left join accounts_area p on p.id = a.parent_id
where s.release_id = %(release)s
