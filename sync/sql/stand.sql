-- What an author has sent about some records before: edits of them, what made them, and what waits for them.
select i.no, i.op, i.target, i.state, i.rev, i.device_id, coalesce(i.seq, 0), i.base_rev, i.waits_for, i.closed_at is null
from sync_inbox i
where i.op in ('amend', 'command') and i.op = 'amend' and i.target = any(%(records)s::uuid[])
  and i.author_id = %(author)s::uuid
union all
select i.no, i.op, i.target, i.state, i.rev, i.device_id, coalesce(i.seq, 0), i.base_rev, i.waits_for, i.closed_at is null
from sync_inbox i
where i.first and i.op = 'create' and i.id = any(%(made)s::uuid[]) and i.author_id = %(author)s::uuid
union all
select i.no, i.op, i.target, i.state, i.rev, i.device_id, coalesce(i.seq, 0), i.base_rev, i.waits_for, i.closed_at is null
from sync_inbox i
where i.state = 'held' and i.waits_for = any(%(records)s::uuid[]) and i.author_id = %(author)s::uuid
  and not (i.op = 'amend' and i.target = any(%(records)s::uuid[]))
order by 1
