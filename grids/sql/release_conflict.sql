-- Whether shapes that begin on the day or later stand in the way of this release.
select exists (
    select from grids_gridshape s
    join grids_grid g on g.id = s.grid_id
    where g.community_id = any(%(communities)s::uuid[]) and s.valid_from >= %(day)s
) or exists (
    select from grids_areashape s
    join accounts_area a on a.id = s.area_id
    join grids_draftrow d on d.code = a.code and d.release_id = %(release)s and d.level <> 'grid'
    where s.valid_from >= %(day)s
)
