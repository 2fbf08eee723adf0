-- What phones sent is append-only for the app. After the retention, when the list with two signatures has marked a
-- dispute as destroyed, this one door of the owner's empties what lies outside the keys: words in clear, places, and
-- the digests by which a person is found again. It takes no dispute that privacy_closing does not call destroyed.
create function disputes_destroyed(ids uuid[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    gone uuid[];
    told uuid[];
begin
    select coalesce(array_agg(c.subject_id), '{}') into gone from public.privacy_closing c
    where c.subject_kind = 'dispute' and c.state = 'destroyed' and c.subject_id = any(ids);
    select coalesce(array_agg(l.screening_id), '{}') into told from public.disputes_disputescreening l
    where l.dispute_id = any(gone);
    update public.disputes_dispute set brief = '', suspended_reason = '' where id = any(gone);
    update public.disputes_attempt set note = '' where dispute_id = any(gone);
    update public.disputes_disputetransition set reason = '' where dispute_id = any(gone);
    update public.disputes_disputeparty
    set name_index = null, phone_index = null, id_index = null, capacity_document = case
        when limited_capacity then '-' else '' end
    where dispute_id = any(gone);
    update public.disputes_screeningparty
    set name_index = null, phone_index = null, id_index = null, described = '', birth_band = ''
    where screening_id = any(told);
    update public.disputes_screening
    set brief = '', done = '', grid_id = null, point = null, lon_e7 = null, lat_e7 = null, crs = '',
        accuracy_cm = null, fix_at = null, provider = '', no_location = case when no_location = '' then 'no_fix' else no_location end
    where id = any(told);
end $$;

revoke all on function disputes_destroyed(uuid[]) from public;
grant execute on function disputes_destroyed(uuid[]) to gridgov_app;
