-- The visible streets, and a text that changes whenever a tile could: boundaries and names change by releases, areas
-- by their rev, generalised shapes by being made anew.
with streets (id) as materialized ({streets})
select coalesce((select array_agg(id order by id) from streets), '{}'), concat_ws(' ',
    (select concat_ws(' ', max(r.id::text), count(*), count(r.announced_at), max(r.announced_at), max(r.published_at))
        from grids_boundaryrelease r),
    (select concat_ws(' ', count(*), sum(a.rev), max(a.id::text)) from accounts_area a),
    (select max(m.id) from grids_mapshape m)
)
