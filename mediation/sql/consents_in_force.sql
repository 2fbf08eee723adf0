-- The words that parties have given so far become the consents that each use at the table asks for: of who has a
-- yes to every step that acceptance needs, and of who wants to be followed up. The office is the one that wrote
-- the word down.
insert into privacy_consent
    (id, subject_kind, subject_id, purpose, organisation_id, given_on, paper_no, entered_by, entered_at)
select gen_random_uuid(), 'case_party', word.party_id, 'mediation', event.organisation_id, max(word.said_on),
       min(coalesce(cases.number, dispute.code)), (array_agg(word.recorded_by_id order by word.recorded_at desc))[1],
       max(word.recorded_at)
from (
    select distinct on (party_id, step) party_id, step, answer, said_on, recorded_at, recorded_by_id
    from mediation_consent where step in ('mediation', 'personal_information')
    order by party_id, step, recorded_at desc, id desc
) as word
join mediation_case_party as party on party.id = word.party_id
join mediation_case as cases on cases.id = party.case_id
join disputes_dispute as dispute on dispute.id = cases.dispute_id
cross join lateral (
    select organisation_id from audit_event
    where subject_kind = 'mediation_case' and subject_id = cases.id and organisation_id is not null
    order by id desc limit 1
) as event
where word.answer = 'given' and cases.state not in ('refused', 'withdrawn', 'not_accepted')
group by word.party_id, event.organisation_id
having count(*) = 2;

insert into privacy_consent
    (id, subject_kind, subject_id, purpose, organisation_id, given_on, paper_no, entered_by, entered_at)
select gen_random_uuid(), 'case_party', wish.party_id, 'follow_up', event.organisation_id, wish.said_on,
       coalesce(cases.number, dispute.code), wish.recorded_by_id, wish.recorded_at
from (
    select distinct on (party_id) party_id, choice, said_on, recorded_at, recorded_by_id
    from mediation_follow_up_wish order by party_id, recorded_at desc, id desc
) as wish
join mediation_case_party as party on party.id = wish.party_id
join mediation_case as cases on cases.id = party.case_id
join disputes_dispute as dispute on dispute.id = cases.dispute_id
cross join lateral (
    select organisation_id from audit_event
    where subject_kind = 'mediation_case' and subject_id = cases.id and organisation_id is not null
    order by id desc limit 1
) as event
where wish.choice <> 'declined';
