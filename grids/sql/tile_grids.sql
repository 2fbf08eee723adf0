-- The grids of a tile, lowest code first up to the cap, and how many were found up to one beyond it. `geometry`:
-- the stored shapes of the zoom; `shape`: which shapes are meant; `own`: only some grids.
(
    with picked as materialized (
        select g.id, g.code, s.name, s.kind, s.households, g.community_id as community, g.synthetic,
            coalesce({geometry}, ST_Transform(s.geom, 3857)) as shape
        from grids_gridshape s
        join {grids} g on g.id = s.grid_id
        join {areas} c on c.id = g.community_id
        left join grids_mapshape m on m.grid_shape_id = s.id
        where ST_Intersects(s.geom, ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 4326))
            and {shape} and c.parent_id in (select id from streets) {own}
        order by g.code
        limit %(most)s + 1
    )
    select 'grid' as level, (select count(*) from picked) as found, (
        select ST_AsMVT(drawn, 'grid', 4096, 'geom') from (
            select ST_AsMVTGeom(
                    shape, ST_MakeEnvelope(%(x0)s, %(y0)s, %(x1)s, %(y1)s, 3857), 4096, 64, true
                ) as geom,
                id::text, code, name, kind, households, community::text, synthetic
            from picked order by code limit %(most)s
        ) as drawn
        where geom is not null
    ) as mvt
)
