-- The union of the members' shapes on a day. Opening and closing by a metre takes away the slits that two
-- surveys of one border leave; a slit would put a border where there is none.
select count(*), ST_AsEWKB(ST_Multi(ST_ReducePrecision(
    ST_Buffer(ST_Buffer(ST_Union(s.geom), 0.00001, 'join=mitre'), -0.00001, 'join=mitre'), 0.0000001
)))
from grids_areashape s
where s.area_id = any(%(areas)s::uuid[])
    and s.valid_from <= %(day)s and (s.valid_to is null or s.valid_to > %(day)s)
