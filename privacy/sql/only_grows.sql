-- What left the district is added to and looked at, never changed; an assessment is withdrawn, never removed
-- (ND-12, PI-56: three years). The owner may, once the retention is over.
create function privacy_refuse_change() returns trigger language plpgsql as $$
begin
    if current_user = (select pg_get_userbyid(relowner) from pg_class where oid = tg_relid) then
        return coalesce(new, old);
    end if;
    raise exception '% only grows', tg_table_name using errcode = 'insufficient_privilege';
end $$;

create trigger privacy_share_only_grows before update or delete on privacy_share
    for each row execute function privacy_refuse_change();

create trigger privacy_assessment_stays before delete on privacy_assessment
    for each row execute function privacy_refuse_change();
