-- What a worker sent is never changed or removed at run time, nor is the trail of a dispute's steps.
create function disputes_refuse_change() returns trigger language plpgsql as $$
begin
    if current_user = (select pg_get_userbyid(relowner) from pg_class where oid = tg_relid) then
        return coalesce(new, old);
    end if;
    raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;

create trigger disputes_screening_append_only
    before delete or update of
        author_id, author_role, device_id, grid_id, release_id, community_id, street_id, category, source, scale,
        brief, brief_sealed, brief_masked, done, address, key_id, occurred_at, point, lon_e7, lat_e7, crs,
        accuracy_cm, fix_at, provider, no_location, communities, outcome, watch_until, wants_mediation,
        danger_now, called, called_at, urgency, sign_codes, party_roles, restricted, restrict_reasons, protected, protect_reasons, level,
        level_reasons, colour, colour_signs, supersedes_id, device_at, received_at, offset_ms, seq
    on disputes_screening for each row execute function disputes_refuse_change();

create trigger disputes_dangersign_append_only before update or delete on disputes_dangersign
    for each row execute function disputes_refuse_change();

create trigger disputes_screeningparty_append_only before update or delete on disputes_screeningparty
    for each row execute function disputes_refuse_change();

create trigger disputes_disputetransition_append_only before update or delete on disputes_disputetransition
    for each row execute function disputes_refuse_change();
