-- Items of this device whose outcome was changed since the base snapshot and before the target, in the shape of rows.
-- Where an id came with several contents the first of its author counts.
select '', '', i.id::text, false, convert_to(i.detail, 'UTF8'), i.no
from sync_inbox i
where i.device_id = %(device)s::uuid and i.author_id = %(user)s::uuid and i.changed is not null
  and pg_visible_in_snapshot(i.changed, %(target)s::pg_snapshot)
  and (%(begun)s::pg_snapshot is null
       or i.changed >= pg_snapshot_xmin(%(begun)s::pg_snapshot)
          and not pg_visible_in_snapshot(i.changed, %(begun)s::pg_snapshot))
  and (%(kinds)s::text[] is null or i.kind = any(%(kinds)s::text[]))
  and (%(at_id)s::uuid is null or i.id > %(at_id)s::uuid)
  and not exists (select from sync_inbox e where e.id = i.id and e.author_id = i.author_id and e.no < i.no)
order by i.id
limit %(limit)s
