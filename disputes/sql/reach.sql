-- Where an author's records belong: first home, the area of the organisation; then, by code, the grids that the person
-- is or was in charge of, with their community and street, from a day to the day before another.
select null::uuid, case when a.level = 'community' then a.id end,
  case a.level when 'community' then a.parent_id when 'street' then a.id end, null::date, null::date, null as code
from accounts_organisation o join accounts_area a on a.id = o.area_id
where o.id = %(organisation)s::uuid
union all
select g.id, g.community_id, c.parent_id, x.valid_from, x.valid_to, g.code
from grids_assignment x join grids_grid g on g.id = x.grid_id join accounts_area c on c.id = g.community_id
where %(worker)s::uuid = x.worker_id and c.parent_id is not null
order by code nulls first
