-- Grids of communities whose code has changed stand aside under codes that nobody has: no code begins with 0.
update grids_grid g set code = '0' || substr(g.code, 2)
where g.community_id = any(%(communities)s::uuid[])
returning g.id
