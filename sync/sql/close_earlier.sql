-- The author's later edit stands: what the same phone sent of the record before and was refused is settled by it.
with stands as (
  select * from unnest(%(targets)s::uuid[], %(seqs)s::bigint[], %(devices)s::uuid[]) as t(target, seq, device)
),
closed as (
  update sync_inbox i set returned = false, closed_at = %(at)s
  from stands s
  where i.target = s.target and i.author_id = %(author)s and i.device_id = s.device and coalesce(i.seq, 0) < s.seq
    and i.returned and i.state in ('rejected', 'quarantined') and i.closed_at is null
    and (i.op = 'amend' or i.first and i.op = 'create' and i.id = s.target)
  returning i.no, i.state
)
insert into sync_inbox_step (id, item_id, event, from_state, to_state, code, actor_id, role, reason, at)
select gen_random_uuid(), c.no, 'corrected', c.state, c.state, '', %(author)s, %(role)s, '', %(at)s from closed c
