-- The coverage of a day: every shape of a kind in force then, and its bytes.
select s.id, ST_AsBinary(s.geom)
from grids_{kind}shape s
{joins}
where s.valid_from <= %(day)s and (s.valid_to is null or s.valid_to > %(day)s) {level}
order by s.id
