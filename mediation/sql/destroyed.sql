-- Steps and consents are append-only for the app. When the list with two signatures has marked a dispute as destroyed,
-- this one door of the owner's empties what stood in clear beside the keys at its table: reasons, words to a party,
-- needs, and the digests by which a person is found again. It takes no dispute that privacy_closing does not call
-- destroyed. A dash stays where a reason is owed.
create function mediation_destroyed(ids uuid[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_gone uuid[];
    v_cases uuid[];
    v_sessions uuid[];
    v_agreements uuid[];
begin
    select coalesce(array_agg(c.subject_id), '{}') into v_gone from public.privacy_closing c
    where c.subject_kind = 'dispute' and c.state = 'destroyed' and c.subject_id = any(ids);
    select coalesce(array_agg(c.id), '{}') into v_cases from public.mediation_case c where c.dispute_id = any(v_gone);
    select coalesce(array_agg(s.id), '{}') into v_sessions from public.mediation_session s where s.case_id = any(v_cases);
    select coalesce(array_agg(a.id), '{}') into v_agreements from public.mediation_agreement a where a.case_id = any(v_cases);
    update public.mediation_intake_transition set reason = '-' where reason <> '' and item_id in (
        select i.id from public.mediation_intake i where i.dispute_id = any(v_gone));
    update public.mediation_case_transition set reason = '-' where reason <> '' and case_id = any(v_cases);
    update public.mediation_session_transition set reason = '-' where reason <> '' and session_id = any(v_sessions);
    update public.mediation_offer_transition set reason = '-' where reason <> '' and offer_id in (
        select o.id from public.mediation_offer o where o.case_id = any(v_cases));
    update public.mediation_obligation_transition set reason = '-' where reason <> '' and obligation_id in (
        select o.id from public.mediation_obligation o where o.agreement_id = any(v_agreements));
    update public.mediation_confirmation_transition set reason = '-' where reason <> '' and confirmation_id in (
        select c.id from public.mediation_confirmation c where c.agreement_id = any(v_agreements));
    update public.mediation_follow_up_transition set reason = '-' where reason <> '' and follow_up_id in (
        select f.id from public.mediation_follow_up f where f.agreement_id = any(v_agreements));
    update public.mediation_referral_transition set reason = '-' where reason <> '' and referral_id in (
        select r.id from public.mediation_referral r where r.dispute_id = any(v_gone));
    update public.mediation_dossier_copy set recipient = '-' where case_id = any(v_cases);
    update public.mediation_case set end_reason = '' where id = any(v_cases);
    update public.mediation_case_party set needs = '{}' where case_id = any(v_cases);
    update public.mediation_date_correction set reason = '-' where agreement_id = any(v_agreements);
    update public.mediation_session_notice set words = '-' where session_id = any(v_sessions);
    update public.mediation_document set original_at = '' where case_id = any(v_cases);
    update public.mediation_participant
    set name_index = '', phone_index = null, id_index = null, document = case when document = '' then '' else '-' end,
        language = '', end_reason = case when end_reason = '' then '' else '-' end
    where case_id = any(v_cases);
end $$;

revoke all on function mediation_destroyed(uuid[]) from public;
grant execute on function mediation_destroyed(uuid[]) to gridgov_app;
