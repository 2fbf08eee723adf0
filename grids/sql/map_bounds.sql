-- The box around the outlines of the visible streets, and whether grids in them are synthetic; no row without one.
with streets (id) as materialized ({streets})
select ST_XMin(e.box), ST_YMin(e.box), ST_XMax(e.box), ST_YMax(e.box), exists (
    select from grids_grid g join accounts_area c on c.id = g.community_id
    where g.synthetic and c.parent_id in (select id from streets)
)
from (
    select ST_Extent(s.geom) as box from grids_areashape s
    where s.announced and s.area_id in (select id from streets)
) as e
where e.box is not null
