-- One push into the inbox; tombstones for accepted records that the author's phone is not to hold; the day's bytes.
with incoming as materialized (
  select * from rows from (
    json_to_recordset(%(items)s::json) as (
      id uuid, first boolean, kind text, op text, target uuid, base_rev bigint, seq bigint,
      device_at timestamptz, offset_ms bigint, skewed boolean, state text, code text, detail text,
      field_errors jsonb, rev bigint, returned boolean, queue uuid, signed text, sig text, not_before timestamptz,
      flags text[], about text, waits_for uuid, clash text[]),
    unnest(%(hashes)b::bytea[]), unnest(%(bodies)b::bytea[])
  ) as item(id, first, kind, op, target, base_rev, seq, device_at, offset_ms, skewed, state, code, detail,
    field_errors, rev, returned, queue, signed, sig, not_before, flags, about, waits_for, clash, hash, body)
),
withdrawn as (
  insert into sync_row as s (scope, kind, id, rev, xid, born, deleted, shared, payload, inbox)
  select distinct on (i.kind, g.id) %(scope)s, i.kind, g.id, coalesce(i.rev, 0), pg_current_xact_id(), '1'::xid8, true,
    false, '', null::bigint
  from incoming i cross join lateral (select case i.op when 'command' then i.id else i.target end) g(id)
  -- not held as a record, or handed back before: an edit may have come, and been refused, before what it edits
  where i.state = 'accepted' and coalesce((
    select min(r.rev) = 0 from sync_row r
    where r.scope = any(%(own)s) and r.kind = i.kind and r.id = g.id and not r.deleted), true)
  on conflict (scope, kind, id) do update
  set xid = excluded.xid, deleted = true, payload = '', inbox = null
),
counted as (
  insert into sync_intake as t (device_id, day, bytes) values (%(device)s, %(day)s, %(bytes)s)
  on conflict (device_id, day) do update set bytes = t.bytes + excluded.bytes
),
signed_batch as (
  insert into sync_batch (batch, device_id, received_at, hashes, signature)
  select %(batch)s, %(device)s, %(received_at)s, %(manifest)s, %(signature)s
  where %(signature)s::text is not null
)
insert into sync_inbox (id, first, hash, author_id, role, device_id, batch, kind, op, target, base_rev, seq, device_at,
  received_at, offset_ms, skewed, body, state, code, detail, field_errors, rev, returned, queue_id,
  signed, sig, not_before, flags, about, waits_for, forced, clash)
select id, first, hash, %(author)s, %(role)s, %(device)s, %(batch)s, kind, op, target, coalesce(base_rev, 0), seq,
  device_at, %(received_at)s, coalesce(offset_ms, 0), coalesce(skewed, false), body, state, coalesce(code, ''),
  coalesce(detail, ''), field_errors, rev, coalesce(returned, false), queue,
  coalesce(signed, ''), coalesce(sig, ''), not_before, coalesce(flags, '{}'), coalesce(about, ''), waits_for, false,
  clash
from incoming
