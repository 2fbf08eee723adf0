-- What a release replaces ends on its day (the changed grids of its communities, those that it does not have any
-- more, and its areas); what it brings begins. A grid's community is in its code.
with ended_grids as (
    update grids_gridshape s set valid_to = %(day)s
    from grids_grid g
    where g.id = s.grid_id and g.community_id = any(%(communities)s::uuid[])
        and s.valid_from < %(day)s and (s.valid_to is null or s.valid_to > %(day)s)
        and not (g.id = any(%(unchanged)s::uuid[]))
    returning s.id
),
ended_areas as (
    update grids_areashape s set valid_to = %(day)s
    from accounts_area a
    join grids_draftrow d on d.code = a.code and d.release_id = %(release)s and d.level <> 'grid'
    where a.id = s.area_id and a.valid_to is null
        and s.valid_from < %(day)s and (s.valid_to is null or s.valid_to > %(day)s)
    returning s.id
)
select (select count(*) from ended_grids), (select count(*) from ended_areas)
