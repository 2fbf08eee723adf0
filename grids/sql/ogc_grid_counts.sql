-- Counts by grid, in classes of a width from 0 up: a class never says whether it is nobody or a few.
with streets (id) as materialized ({streets})
select {answer}
from grids_gridshape s
join grids_grid a on a.id = s.grid_id
join accounts_area c on c.id = a.community_id
left join unnest(%(ids)s::uuid[], %(numbers)s::int[]) as counted (id, number) on counted.id = a.id
cross join lateral (select coalesce(counted.number, 0) / %(width)s * %(width)s as least) as n
where c.parent_id in (select id from streets) and s.valid_from is not null {filters}
{page}
