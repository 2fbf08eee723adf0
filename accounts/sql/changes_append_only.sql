-- What a division's code and name were, and what became of it, is never changed or removed at run time.
create function accounts_refuse_change() returns trigger language plpgsql as $$
begin
    if current_user = (select pg_get_userbyid(relowner) from pg_class where oid = tg_relid) then
        return coalesce(new, old);
    end if;
    raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;

create trigger accounts_areachange_append_only before update or delete on accounts_areachange
    for each row execute function accounts_refuse_change();
