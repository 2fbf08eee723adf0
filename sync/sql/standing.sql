-- Where a caller stands: the snapshot, the scopes held now, the cursor's row.
with held as materialized ({held})
select e.epoch, pg_current_snapshot()::text, held.scopes, c.id, c.kinds, c.base_snapshot::text, c.base_scopes,
  c.target_snapshot::text, c.target_scopes, c.redo_scopes, c.dirty_scopes, c.position
from held cross join sync_epoch e
left join sync_cursor c
  on c.id = %(cursor)s and c.device_id = %(device)s::uuid and c.user_id = %(user)s::uuid and c.epoch = e.epoch
