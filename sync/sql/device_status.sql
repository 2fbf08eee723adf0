-- How each of these devices stands: its newest cursor, what waits for it (counted up to a thousand), what of its items
-- is open, what it said it had not sent, and what its counter says of lately: breaks that later numbers have passed by
-- some time ago, and numbers that several items carry.
with newest as materialized (
  select distinct on (device_id) device_id, created_at, base_snapshot, base_scopes
  from sync_cursor where device_id = any(%(devices)s::uuid[]) order by device_id, id desc
),
open as materialized (
  select device_id, count(*) filter (where state = 'held') as held, count(*) filter (where state = 'rejected') as rejected,
    count(*) filter (where state = 'quarantined') as quarantined, count(*) filter (where state = 'conflict') as conflict
  from sync_inbox where state <> 'accepted' and closed_at is null and device_id = any(%(devices)s::uuid[])
  group by device_id
),
numbers as materialized (
  select device_id, seq, min(received_at) as came, count(distinct id) as items
  from sync_inbox
  where device_id = any(%(devices)s::uuid[]) and received_at >= %(since)s and seq is not null
  group by device_id, seq
),
counters as materialized (
  select device_id, count(*) filter (where seq > before + 1 and came < %(settled)s) as gaps,
    count(*) filter (where items > 1) as twice
  from (select *, lag(seq) over (partition by device_id order by seq) as before from numbers) as neighbours
  group by device_id
)
select d.id, d.user_id, d.state, d.seen_on, n.created_at, lag.rows, coalesce(o.held, 0), coalesce(o.rejected, 0),
  coalesce(o.quarantined, 0), coalesce(o.conflict, 0), u.count, u.oldest_on, u.told_on,
  coalesce(c.gaps, 0), coalesce(c.twice, 0)
from accounts_device d
left join newest n on n.device_id = d.id
left join open o on o.device_id = d.id
left join sync_unsent u on u.device_id = d.id
left join counters c on c.device_id = d.id
left join lateral (
  select count(*) as rows from (
    select from unnest(n.base_scopes) as held(scope) join sync_row r on r.scope = held.scope
    where r.xid >= pg_snapshot_xmin(n.base_snapshot) and not pg_visible_in_snapshot(r.xid, n.base_snapshot)
    limit 1000
  ) as changed
) lag on n.base_snapshot is not null
where d.id = any(%(devices)s::uuid[])
order by d.id
