-- What phones sent is evidence: the app says what became of an item, and removes none; steps and signed batches are
-- written once.
do $$
declare known record;
begin
    for known in
        select distinct g.grantee, g.table_name from information_schema.role_table_grants g
        where g.table_schema = current_schema() and g.grantee <> current_user
          and g.table_name in ('sync_inbox', 'sync_inbox_step', 'sync_batch')
    loop
        execute format('revoke delete, truncate on %I from %I', known.table_name, known.grantee);
        if known.table_name <> 'sync_inbox' then
            execute format('revoke update on %I from %I', known.table_name, known.grantee);
        end if;
    end loop;
end $$;
