-- A layer that says what a tile left out: one point in its middle for each level that met the cap.
select ST_AsMVT(said, 'left_out', 4096, 'geom') from (
    select ST_AsMVTGeom(
            ST_Centroid(ST_MakeEnvelope(%(x0)s, %(y0)s, %(x1)s, %(y1)s, 3857)),
            ST_MakeEnvelope(%(x0)s, %(y0)s, %(x1)s, %(y1)s, 3857)
        ) as geom, level, %(most)s::int as shown
    from unnest(%(levels)s::text[]) as level
) as said
