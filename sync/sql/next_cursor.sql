insert into sync_cursor (parent, user_id, device_id, epoch, created_at, kinds, base_snapshot, base_scopes,
  target_snapshot, target_scopes, redo_scopes, dirty_scopes, position)
values (%(parent)s, %(user)s::uuid, %(device)s::uuid, %(epoch)s, %(created_at)s, %(kinds)s::text[],
  %(base)s::pg_snapshot, %(base_scopes)s::text[], %(target)s::pg_snapshot, %(target_scopes)s::text[],
  %(redo)s::text[], %(dirty)s::text[], %(position)s::text[])
returning id
