-- Tasks go with the ground; who has to do them stays.
update tasks_task r set grid_id = g.id
from grids_moved m
left join grids_grid g on g.code = m.to_code
where r.id = m.id
