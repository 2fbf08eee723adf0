-- What a party said and every step of an item or a case is never changed or removed at run time.
create function mediation_refuse_change() returns trigger language plpgsql as $$
begin
    if current_user = (select pg_get_userbyid(relowner) from pg_class where oid = tg_relid) then
        return coalesce(new, old);
    end if;
    raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;

create trigger mediation_consent_append_only before update or delete on mediation_consent
    for each row execute function mediation_refuse_change();

create trigger mediation_case_transition_append_only before update or delete on mediation_case_transition
    for each row execute function mediation_refuse_change();

create trigger mediation_intake_transition_append_only before update or delete on mediation_intake_transition
    for each row execute function mediation_refuse_change();
