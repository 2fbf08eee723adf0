-- How many records go from which grid to which, of those that may be counted.
select coalesce(g.code, ''), coalesce(m.to_code, ''), count(*)
from grids_moved m
left join grids_grid g on g.id = m.grid_id
where m.told
group by 1, 2
order by 1, 2
