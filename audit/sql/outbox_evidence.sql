-- What became of a fact is evidence: the app moves deliveries on, and removes none. Old ones that are done go through
-- one narrow door, which is the owner's: nothing younger than thirty days before the newest fact, nothing that waits or
-- has failed.
do $$
declare grantee text;
begin
    for grantee in
        select distinct g.grantee from information_schema.role_table_grants g
        where g.table_schema = current_schema() and g.table_name = 'audit_delivery' and g.grantee <> current_user
    loop
        execute format('revoke delete, truncate on audit_delivery from %I', grantee);
    end loop;
end $$;

create function audit_delivery_purge(before timestamptz, most integer) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    newest timestamptz;
    removed integer;
begin
    select e.at into newest from public.audit_event e order by e.id desc limit 1;
    if before > newest - interval '30 days' then
        raise exception 'audit_delivery_purge: % is too young', before using errcode = 'invalid_parameter_value';
    end if;
    with old as (
        select d.id from public.audit_delivery d
        where d.state = 'done' and d.done_at < before
          -- ids of facts sort by time: the index of (event_id, reaction) ends here
          and d.event_id < (lpad(to_hex((extract(epoch from before) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
        order by d.event_id limit least(most, 50000)
    )
    delete from public.audit_delivery d using old where d.id = old.id;
    get diagnostics removed = row_count;
    return removed;
end $$;

revoke all on function audit_delivery_purge(timestamptz, integer) from public;
grant execute on function audit_delivery_purge(timestamptz, integer) to gridgov_app;
