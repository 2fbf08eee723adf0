-- The areas of a tile of one `level`, like the grids. `visible`: who may see that level.
(
    with picked as materialized (
        select a.id, a.code, a.name, a.parent_id as parent, coalesce({geometry}, ST_Transform(s.geom, 3857)) as shape
        from grids_areashape s
        join {areas} a on a.id = s.area_id
        left join grids_mapshape m on m.area_shape_id = s.id
        where ST_Intersects(s.geom, ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 4326))
            and {shape} and a.level = '{level}' and {visible}
        order by a.code
        limit %(most)s + 1
    )
    select '{level}' as level, (select count(*) from picked) as found, (
        select ST_AsMVT(drawn, '{level}', 4096, 'geom') from (
            select ST_AsMVTGeom(
                    shape, ST_MakeEnvelope(%(x0)s, %(y0)s, %(x1)s, %(y1)s, 3857), 4096, 64, true
                ) as geom,
                id::text, code, name, parent::text
            from picked order by code limit %(most)s
        ) as drawn
        where geom is not null
    ) as mvt
)
