-- The drafts become shapes with a day; how many of them.
with grids as (
    insert into grids_gridshape (id, release_id, grid_id, name, kind, households, geom, valid_from, announced)
    select gen_random_uuid(), d.release_id, g.id, d.name, d.kind, d.households, ST_Multi(d.geom), %(day)s, false
    from grids_draftrow d
    join grids_grid g on g.code = d.code
    where d.release_id = %(release)s and d.level = 'grid'
    returning id
),
areas as (
    insert into grids_areashape (id, release_id, area_id, geom, valid_from, announced)
    select gen_random_uuid(), d.release_id, a.id, ST_Multi(d.geom), %(day)s, false
    from grids_draftrow d
    join accounts_area a on a.code = d.code and a.valid_to is null
    where d.release_id = %(release)s and d.level <> 'grid'
    returning id
)
select (select count(*) from grids), (select count(*) from areas)
