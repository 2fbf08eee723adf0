-- Drafts that are what stands already go: those grids and areas keep their shape and the release it came with.
with grids as (
    delete from grids_draftrow d
    using grids_grid g, grids_gridshape s
    where d.release_id = %(release)s and d.level = 'grid' and g.code = d.code and s.grid_id = g.id
        and s.valid_from < %(day)s and (s.valid_to is null or s.valid_to > %(day)s)
        and (s.name, s.kind, s.households) is not distinct from (d.name, d.kind, d.households)
        and (s.geom = ST_Multi(d.geom) or (s.geom ~= d.geom and ST_Equals(s.geom, d.geom)))
    returning g.id
),
areas as (
    delete from grids_draftrow d
    using accounts_area a, grids_areashape s
    where d.release_id = %(release)s and d.level <> 'grid' and a.code = d.code and a.valid_to is null
        and s.area_id = a.id and s.valid_from < %(day)s and (s.valid_to is null or s.valid_to > %(day)s)
        and (s.geom = ST_Multi(d.geom) or (s.geom ~= d.geom and ST_Equals(s.geom, d.geom)))
    returning a.id
)
select id from grids
