-- A grid takes over name, kind and households of the shape that is announced.
update grids_grid g set name = s.name, kind = s.kind, households = s.households
from grids_gridshape s
where s.grid_id = g.id and s.announced and g.id = any(%(ids)s::uuid[])
    and (g.name, g.kind, g.households) is distinct from (s.name, s.kind, s.households)
