-- Insert events and, for each, one delivery per reaction of its event. Parameters: events (json array), reactions.
with given as (
    select * from json_to_recordset(%(events)s::json) as e(
        id uuid, at timestamptz, event text, user_id uuid, role text, organisation_id uuid, device_id uuid,
        request_id text, subject_kind text, subject_id uuid, fields json, reason text, device_at timestamptz,
        detail jsonb)
), stored as (
    insert into audit_event (id, at, event, user_id, role, organisation_id, device_id, request_id, subject_kind,
                             subject_id, fields, reason, device_at, detail)
    select id, at, event, user_id, role, organisation_id, device_id, request_id, subject_kind, subject_id,
           array(select json_array_elements_text(fields)), reason, device_at, detail
    from given
    returning id, at
)
insert into audit_delivery (event_id, reaction, state, attempts, due_at, error)
select s.id, r.reaction, 'pending', 0, s.at, ''
from stored s cross join unnest(%(reactions)s::text[]) as r(reaction)
