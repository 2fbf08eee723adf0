-- Where the records of `grids_work` lie now. Each new shape looks only at records of the old grids that it meets; on a
-- common border the grid with the lowest code wins. A record that is in none of them is asked for among all grids. One
-- without a point follows the largest part of its grid, when that has ended. The hits stand in a table that is analyzed:
-- of a subquery the planner expects one row, and looks through all hits for each of ten thousand records.
insert into grids_hit (id, code)
select w.id, min(p.code) as code
from grids_pair p
cross join lateral (
    select w.id from grids_work w
    where w.grid_id = p.grid_id and w.point is not null and ST_Intersects(p.geom, w.point)
    offset 0
) w
group by w.id
union all
select w.id, min(n.code)
from grids_on n
join grids_work w on w.grid_id is null and ST_Intersects(n.geom, w.point)
group by w.id;
analyze grids_hit (id);
insert into grids_moved (id, grid_id, to_code, told)
select w.id, w.grid_id, at.code, w.told
from grids_work w
left join grids_grid g on g.id = w.grid_id
left join grids_hit hit on hit.id = w.id
left join grids_heir heir on heir.grid_id = w.grid_id and w.point is null
left join lateral (
    select f.code
    from grids_gridshape s
    join grids_grid f on f.id = s.grid_id
    where hit.id is null and w.point is not null and s.announced and ST_Intersects(s.geom, w.point)
        and not exists (select from grids_off o where o.grid_id = s.grid_id)
    order by f.code
    limit 1
) elsewhere on true
cross join lateral (
    select case when w.point is null then coalesce(heir.code, g.code) else coalesce(hit.code, elsewhere.code) end as code
) at
where at.code is distinct from g.code
