-- What a release replaces ends on its day: the shapes of its own grids and areas, and every other grid of a
-- community for which it brings grids.
with replaced_grids as (
    update grids_gridshape s set valid_to = %(day)s
    where s.valid_from < %(day)s and (s.valid_to is null or s.valid_to > %(day)s)
        and s.release_id <> %(release)s
        and s.grid_id in (
            select g.id from grids_grid g where g.community_id in (
                select m.community_id from grids_grid m
                join grids_gridshape n on n.grid_id = m.id and n.release_id = %(release)s
            )
        )
),
replaced_areas as (
    update grids_areashape s set valid_to = %(day)s
    where s.valid_from < %(day)s and (s.valid_to is null or s.valid_to > %(day)s)
        and s.release_id <> %(release)s
        and s.area_id in (select n.area_id from grids_areashape n where n.release_id = %(release)s)
)
select 1
