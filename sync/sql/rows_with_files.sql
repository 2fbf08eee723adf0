-- The rows of a kind; those of records with files say which, and for how many the server still waits.
select stated.scope, stated.id, stated.rev,
  case when f.files is null then stated.payload
  else left(stated.payload, -1) || ',"files_waiting":' || f.waiting || ',"files":' || f.files || '}' end as payload
from ({rows}) as stated
left join lateral (
  select json_agg(json_build_object('id', f.id, 'state', f.state, 'code', nullif(f.code, ''), 'type', f.type,
      'size', f.size, 'replaces', f.replaces_id, 'superseded', f.superseded, 'overdue', f.reminded_at is not null)
    order by f.declared_at, f.id)::text as files,
    count(*) filter (where f.state = 'waiting' and not f.superseded) as waiting
  from sync_file f where f.kind = '{kind}' and f.record = stated.id
) f on true
