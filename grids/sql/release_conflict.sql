-- Whether shapes that begin on the day or later stand in the way of this release.
select exists (
    select from grids_gridshape s
    join grids_gridshape n on n.grid_id = s.grid_id and n.release_id = %(release)s
    where s.valid_from >= %(day)s and s.release_id <> %(release)s
) or exists (
    select from grids_areashape s
    join grids_areashape n on n.area_id = s.area_id and n.release_id = %(release)s
    where s.valid_from >= %(day)s and s.release_id <> %(release)s
)
