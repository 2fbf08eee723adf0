-- Whatever would have reached the other side of one dispute, each kind with its number.
with dispute as (select %s::uuid as id),
cases as (select c.id from mediation_case c join dispute on c.dispute_id = dispute.id),
other_side as (
    select p.id from disputes_disputeparty p join dispute on p.dispute_id = dispute.id
    where p.role <> 'person_at_risk'
),
at_table as (select p.id from mediation_case_party p where p.dispute_party_id in (select id from other_side)),
sessions as (select s.id from mediation_session s where s.case_id in (select id from cases)),
subjects as (
    select id from dispute
    union select id from cases
    union select s.screening_id from disputes_disputescreening s join dispute on s.dispute_id = dispute.id
)
select 'attempt or call', count(*) from disputes_attempt where dispute_id in (select id from dispute)
union all
select 'settlement between the two', count(*) from disputes_settlement
where dispute_id in (select id from dispute)
union all
select 'receipt', count(*) from disputes_application where party_id in (select id from other_side)
union all
select 'question to departments', count(*) from disputes_joint_handling
where dispute_id in (select id from dispute)
union all
select 'referral in the name', count(*) from mediation_referral where party_id in (select id from other_side)
union all
select 'consent asked', count(*) from mediation_consent where party_id in (select id from at_table)
union all
select 'rights notice', count(*) from mediation_rights_notice where party_id in (select id from at_table)
union all
select 'try to reach', count(*) from mediation_reach_attempt where party_id in (select id from at_table)
union all
select 'word about a mediator', count(*) from mediation_mediator_heard
where party_id in (select id from at_table)
union all
select 'session', count(*) from sessions
union all
select 'invitation or notice', count(*) from mediation_session_notice
where session_id in (select id from sessions) and party_id in (select id from at_table)
union all
select 'offer', count(*) from mediation_offer_to where party_id in (select id from at_table)
union all
select 'copy of a file', count(*) from mediation_dossier_copy where case_id in (select id from cases)
union all
select 'follow-up', count(*) from mediation_follow_up where party_id in (select id from at_table)
union all
select 'notice of other ways', count(*) from mediation_case
where id in (select id from cases) and ways_told_on is not null
union all
select 'task to call, visit, remind or deliver', count(*) from tasks_task
where kind not in ('call_up', 'review') and subject_id in (select id from subjects)
union all
select 'act at a table in the trail', count(*) from audit_event
where event like 'mediation.%%' and event not like 'mediation.intake%%'
  and detail ->> 'dispute' = (select id::text from dispute)
union all
select 'paper given to a person', count(*) from privacy_share
where recipient_kind = 'person' and subject_id in (select id from subjects)
