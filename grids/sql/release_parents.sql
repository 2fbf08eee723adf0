-- Shapes of areas to compare with: those of the release itself, else those in force today.
select distinct on (a.code) a.code, ST_AsBinary(s.geom)
from grids_areashape s
join accounts_area a on a.id = s.area_id
where s.release_id = %(release)s
    or (s.valid_from <= %(today)s and (s.valid_to is null or s.valid_to > %(today)s))
order by a.code, (s.release_id = %(release)s) desc
