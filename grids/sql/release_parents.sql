-- Shapes of areas to compare with: those of the release itself, else those in force on the day.
select distinct on (p.code) p.code, ST_AsBinary(p.geom)
from (
    select d.code, d.geom, 0 as rank from grids_draftrow d where d.release_id = %(release)s and d.level <> 'grid'
    union all
    select a.code, s.geom, 1
    from grids_areashape s
    join accounts_area a on a.id = s.area_id
    where a.code = any(%(codes)s) and s.valid_from <= %(day)s and (s.valid_to is null or s.valid_to > %(day)s)
) p
order by p.code, p.rank
