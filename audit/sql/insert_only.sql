-- audit_event is insert-only for every role but the table's owner: by grants and by a trigger.
do $$
declare grantee text;
begin
    for grantee in
        select distinct g.grantee from information_schema.role_table_grants g
        where g.table_schema = current_schema() and g.table_name = 'audit_event' and g.grantee <> current_user
    loop
        execute format('revoke update, delete, truncate on audit_event from %I', grantee);
    end loop;
end $$;

create function audit_event_refuse() returns trigger language plpgsql as $$
begin
    if current_user = (select pg_get_userbyid(relowner) from pg_class where oid = tg_relid) then
        return coalesce(new, old);
    end if;
    raise exception 'audit_event is insert-only' using errcode = 'insufficient_privilege';
end $$;

create trigger audit_event_insert_only before update or delete on audit_event
    for each row execute function audit_event_refuse();
