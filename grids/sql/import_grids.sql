-- New grids (without effect until their shape is in force), then the shapes. A grid's community is in its code.
with made as (
    insert into grids_grid (id, code, community_id, name, kind, households, duties, synthetic, rev)
    select i.place_id, i.code, c.id, i.name, i.kind, i.households, '{}', %(synthetic)s, 0
    from grids_import i
    join accounts_area c on c.code = left(i.code, 12) and c.level = 'community' and c.valid_to is null
    on conflict (code) do nothing
    returning id, code
),
known as (
    select id, code from made
    union all
    select g.id, g.code from grids_grid g join grids_import i on i.code = g.code
)
insert into grids_gridshape
    (id, release_id, grid_id, name, kind, households, geom, announced)
select i.shape_id, %(release)s, k.id, i.name, i.kind, i.households, i.geom, false
from grids_import i
join known k on k.code = i.code
