-- Open tasks of a grid. They have no point of their own: those whose subject has one are moved by its package.
select r.id, r.grid_id, null::geometry as point, true as told
from tasks_task r
where r.state = 'open' and {grids}
