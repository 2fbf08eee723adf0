-- How each of these devices stands: its newest cursor, what waits for it (counted up to a thousand), what of its items
-- is open, and what it said it had not sent.
with newest as materialized (
  select distinct on (device_id) device_id, created_at, base_snapshot, base_scopes
  from sync_cursor where device_id = any(%(devices)s::uuid[]) order by device_id, id desc
),
open as materialized (
  select device_id, count(*) filter (where state = 'held') as held, count(*) filter (where state = 'rejected') as rejected,
    count(*) filter (where state = 'quarantined') as quarantined, count(*) filter (where state = 'conflict') as conflict
  from sync_inbox where state <> 'accepted' and closed_at is null and device_id = any(%(devices)s::uuid[])
  group by device_id
)
select d.id, d.user_id, d.state, d.seen_on, n.created_at, lag.rows, coalesce(o.held, 0), coalesce(o.rejected, 0),
  coalesce(o.quarantined, 0), coalesce(o.conflict, 0), u.count, u.oldest_on, u.told_on
from accounts_device d
left join newest n on n.device_id = d.id
left join open o on o.device_id = d.id
left join sync_unsent u on u.device_id = d.id
left join lateral (
  select count(*) as rows from (
    select from unnest(n.base_scopes) as held(scope) join sync_row r on r.scope = held.scope
    where r.xid >= pg_snapshot_xmin(n.base_snapshot) and not pg_visible_in_snapshot(r.xid, n.base_snapshot)
    limit 1000
  ) as changed
) lag on n.base_snapshot is not null
where d.id = any(%(devices)s::uuid[])
order by d.id
