-- Is there anything new for this cursor? One statement, no write: most pulls end here.
with held as materialized ({held})
select d.seen_on,
  coalesce(
    c.target_snapshot is null and c.base_snapshot is not null and c.dirty_scopes = '{}'
    and c.base_scopes = held.scopes and c.kinds is not distinct from %(kinds)s::text[]
    and not exists (
      select from unnest(c.base_scopes) as base(scope)
      cross join lateral (
        select from sync_row r
        where r.scope = base.scope and r.xid >= pg_snapshot_xmin(c.base_snapshot)
          and not pg_visible_in_snapshot(r.xid, c.base_snapshot)
          and (c.kinds is null or r.kind = any(c.kinds))
        limit 1
      ) as changed
    )
    and not exists (
      select from sync_inbox i
      where i.device_id = d.id and i.changed >= pg_snapshot_xmin(c.base_snapshot)
        and not pg_visible_in_snapshot(i.changed, c.base_snapshot)
        and (c.kinds is null or i.kind = any(c.kinds))
    ), false) as nothing_new,
  e.epoch, u.count, u.oldest_on
from accounts_device d cross join held cross join sync_epoch e
left join sync_unsent u on u.device_id = d.id
left join sync_cursor c
  on c.id = %(cursor)s and c.device_id = d.id and c.user_id = %(user)s::uuid and c.epoch = e.epoch
where d.id = %(device)s::uuid
