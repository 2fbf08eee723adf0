-- The rows of a release that is not published yet, by level and code.
select d.level, d.number, d.code, d.name, d.kind, d.households, ST_AsBinary(d.geom)
from grids_draftrow d
where d.release_id = %(release)s
order by d.level, d.code
