-- The box around the outlines of the visible streets; no row when there are none.
with streets (id) as materialized ({streets})
select ST_XMin(e.box), ST_YMin(e.box), ST_XMax(e.box), ST_YMax(e.box) from (
    select ST_Extent(s.geom) as box from grids_areashape s
    where s.announced and s.area_id in (select id from streets)
) as e
where e.box is not null
