-- The words of a rule's version, and what fired with which facts, are never changed or removed at run time.
create function escalation_refuse_change() returns trigger language plpgsql as $$
begin
    if current_user = (select pg_get_userbyid(relowner) from pg_class where oid = tg_relid) then
        return coalesce(new, old);
    end if;
    raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;

create trigger escalation_rule_version_append_only before update or delete on escalation_rule_version
    for each row execute function escalation_refuse_change();

create trigger escalation_firing_append_only before update or delete on escalation_firing
    for each row execute function escalation_refuse_change();
