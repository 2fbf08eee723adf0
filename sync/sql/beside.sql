-- Say anew which open edit stands beside a record, on all its rows: a conflict that a person has to settle, or what
-- the author sent and was not taken.
update sync_row s set inbox = {mark}, xid = pg_current_xact_id()
where s.kind = %(kind)s and s.id = any(%(ids)s::uuid[]) and not s.deleted and s.rev > 0
