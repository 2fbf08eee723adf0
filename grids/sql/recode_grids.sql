-- … and take over the code of their community, with the serial they had (GR-4).
update grids_grid g set code = c.code || substr(g.code, 13)
from accounts_area c
where c.id = g.community_id and g.community_id = any(%(communities)s::uuid[])
returning g.id
