-- What authors get back that was not accepted: of each record the last that they sent of it.
select distinct on (i.author_id, i.role, i.{record})
  'user:' || i.author_id || ':' || i.role as scope, i.{record} as id, 0::bigint as rev, i.no as inbox,
  json_build_object('id', i.{record}, 'rev', 0, 'sync_state', i.state, 'reject_code', i.code,
    'reject_detail', i.detail, 'reject_fields', i.field_errors)::text as payload
from sync_inbox i
where i.returned and i.kind = %(kind)s
  and (i.op = 'command' or not exists (select from {root_table} r where r.id = i.target))
order by i.author_id, i.role, i.{record}, i.no desc
