-- The shapes of a release come into force on a day. What they replace ends on that day; so do the grids below
-- the release's area that it does not have any more, if it has grids at all.
with replaced_grids as (
    update grids_gridshape s set valid_to = %(day)s
    where s.valid_from < %(day)s and (s.valid_to is null or s.valid_to > %(day)s)
        and s.release_id <> %(release)s
        and exists (select from grids_gridshape n where n.release_id = %(release)s)
        and (
            s.grid_id in (select n.grid_id from grids_gridshape n where n.release_id = %(release)s)
            or s.grid_id in (select g.id from grids_grid g where g.community_id = any(%(below)s::uuid[]))
        )
),
replaced_areas as (
    update grids_areashape s set valid_to = %(day)s
    where s.valid_from < %(day)s and (s.valid_to is null or s.valid_to > %(day)s)
        and s.release_id <> %(release)s
        and s.area_id in (select n.area_id from grids_areashape n where n.release_id = %(release)s)
)
select 1
