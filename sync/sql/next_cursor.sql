-- The number of a cursor tells its epoch, too: after a restore none that was given before is given again.
insert into sync_cursor (id, parent, user_id, device_id, epoch, created_at, kinds, base_snapshot, base_scopes,
  target_snapshot, target_scopes, redo_scopes, dirty_scopes, position)
values ((%(epoch)s::bigint - 1) * 17179869184 + nextval('sync_cursor_id_seq'), %(parent)s, %(user)s::uuid, %(device)s::uuid, %(epoch)s::bigint, %(created_at)s, %(kinds)s::text[],
  %(base)s::pg_snapshot, %(base_scopes)s::text[], %(target)s::pg_snapshot, %(target_scopes)s::text[],
  %(redo)s::text[], %(dirty)s::text[], %(position)s::text[])
returning id
