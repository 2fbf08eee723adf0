-- A record that an earlier sort of the same kind has placed is not placed again.
delete from grids_moved m using grids_seen s where s.id = m.id and s.kind = %(kind)s;
insert into grids_seen select %(kind)s, w.id from grids_work w where w.point is not null
