-- Days on which shapes of a kind came into force that have no shape for maps yet (`kind`: grid or area).
select distinct s.valid_from
from grids_{kind}shape s
{joins}
left join grids_mapshape m on m.{kind}_shape_id = s.id
where s.valid_from is not null and m.id is null {level}
order by s.valid_from
