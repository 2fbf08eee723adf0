-- The same by community.
with streets (id) as materialized ({streets})
select {answer}
from grids_areashape s
join accounts_area a on a.id = s.area_id
left join unnest(%(ids)s::uuid[], %(numbers)s::int[]) as counted (id, number) on counted.id = a.id
cross join lateral (select coalesce(counted.number, 0) / %(width)s * %(width)s as least) as n
where a.level = 'community' and a.parent_id in (select id from streets) and s.valid_from is not null {filters}
{page}
