-- Grids whose code is new, without effect until their shape is in force.
insert into grids_grid (id, code, community_id, name, kind, households, duties, synthetic, rev)
select gen_random_uuid(), d.code, c.id, d.name, d.kind, d.households, '{}', %(synthetic)s, 0
from grids_draftrow d
join accounts_area c on c.code = left(d.code, 12) and c.level = 'community' and c.valid_to is null
where d.release_id = %(release)s and d.level = 'grid'
on conflict (code) do nothing
