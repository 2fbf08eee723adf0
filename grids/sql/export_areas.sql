-- The visible areas of one level on a day, like the grids.
with streets (id) as materialized ({streets})
select a.code, a.name, a.level, p.code, p.name, s.valid_from, s.valid_to, s.release_id::text, ST_AsBinary(s.geom)
from grids_areashape s
join {areas} a on a.id = s.area_id
left join {areas} p on p.id = a.parent_id
where a.level = %(level)s and {visible}
    and s.valid_from <= %(at)s and (s.valid_to is null or s.valid_to > %(at)s)
order by a.code
limit %(most)s + 1
