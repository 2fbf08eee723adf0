-- The round that a record was made for is part of what was sent; a visit stays as it was told.
drop trigger disputes_screening_append_only on disputes_screening;
create trigger disputes_screening_append_only
    before delete or update of
        author_id, author_role, device_id, grid_id, release_id, community_id, street_id, category, source, scale,
        brief, brief_sealed, brief_masked, done, address, key_id, occurred_at, point, lon_e7, lat_e7, crs,
        accuracy_cm, fix_at, provider, no_location, communities, outcome, watch_until, wants_mediation,
        danger_now, called, called_at, urgency, sign_codes, party_roles, restricted, restrict_reasons, protected, protect_reasons, level,
        level_reasons, colour, colour_signs, supersedes_id, round_id, device_at, received_at, offset_ms, seq
    on disputes_screening for each row execute function disputes_refuse_change();

create trigger disputes_roundvisit_append_only before update or delete on disputes_roundvisit
    for each row execute function disputes_refuse_change();
