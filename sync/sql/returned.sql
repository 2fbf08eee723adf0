select 'user:' || i.author_id || ':' || i.role as scope, i.target as id, 0::bigint as rev, i.no as inbox,
  json_build_object('id', i.target, 'rev', 0, 'sync_state', i.state, 'reject_code', i.code,
    'reject_detail', i.detail, 'reject_fields', i.field_errors)::text as payload
from sync_inbox i
where i.returned and i.kind = %(kind)s
  and not exists (select from {root_table} r where r.id = i.target)
