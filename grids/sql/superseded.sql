-- Releases of which nothing will be in force any more.
select r.id from grids_boundaryrelease r
where r.state = 'published' and r.id <> %(release)s
    and not exists (select from grids_gridshape s where s.release_id = r.id and s.valid_to is null)
    and not exists (select from grids_areashape s where s.release_id = r.id and s.valid_to is null)
order by r.id
