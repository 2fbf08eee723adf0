-- Shapes of areas, which stand in the division tree already.
insert into grids_areashape (id, release_id, area_id, geom, announced)
select i.shape_id, %(release)s, a.id, i.geom, false
from grids_import i
join accounts_area a on a.code = i.code and a.valid_to is null
