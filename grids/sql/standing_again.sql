-- Superseded releases of which something goes on without an end.
select r.id from grids_boundaryrelease r
where r.state = 'superseded' and (
    exists (select from grids_gridshape s where s.release_id = r.id and s.valid_to is null)
    or exists (select from grids_areashape s where s.release_id = r.id and s.valid_to is null)
)
order by r.id
