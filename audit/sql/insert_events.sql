-- Insert events and, for each, one delivery per reaction of its event. Parameters: events (json array of what differs),
-- reactions, and what all of them share.
with stored as (
    insert into audit_event (id, at, event, user_id, role, organisation_id, device_id, request_id, subject_kind,
                             subject_id, fields, reason, device_at, detail)
    select id, %(at)s::timestamptz, %(event)s::text, %(user_id)s::uuid, %(role)s::text, %(organisation_id)s::uuid,
           %(device_id)s::uuid, %(request_id)s::text, %(subject_kind)s::text, subject_id, coalesce(fields, '{}'),
           coalesce(reason, ''), device_at, coalesce(detail, '{}')
    from json_to_recordset(%(events)s::json) as e(
        id uuid, subject_id uuid, fields text[], reason text, device_at timestamptz, detail jsonb)
    returning id
)
insert into audit_delivery (event_id, reaction, state, attempts, due_at, error)
select s.id, r.reaction, 'pending', 0, %(at)s::timestamptz, ''
from stored s cross join unnest(%(reactions)s::text[]) as r(reaction)
