-- Whether other boundaries stand upon those of a release that begin on a day: they end them, or begin later.
select exists (
    select from grids_gridshape s
    join grids_grid g on g.id = s.grid_id
    where g.community_id = any(%(communities)s::uuid[])
        and (s.valid_from > %(day)s or (s.release_id = %(release)s and s.valid_to is not null))
) or exists (
    select from grids_areashape s
    where s.valid_from > %(day)s and s.area_id in (select area_id from grids_areashape where release_id = %(release)s)
        or s.release_id = %(release)s and s.valid_to is not null
)
