-- A row for each record that was moved.
insert into grids_restamp (release_id, kind, record_id, from_grid_id, to_grid_id, told, at)
select %(release)s, %(kind)s, m.id, m.grid_id, g.id, m.told, %(now)s
from grids_moved m
left join grids_grid g on g.code = m.to_code
on conflict (release_id, kind, record_id) do nothing
returning record_id
