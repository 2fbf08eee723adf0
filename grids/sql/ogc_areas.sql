-- Shapes of areas of one level, like the grids. `visible`: who may see that level.
with streets (id) as materialized ({streets})
select {answer}
from grids_areashape s
join {areas} a on a.id = s.area_id
left join {areas} p on p.id = a.parent_id
where a.level = %(level)s and {visible} and s.valid_from is not null {filters}
{page}
