-- Phone rows of due contacts: user scopes only, of group members in force and (adults only) of workers named for one.
-- The name of the kind, the title and every key say "visit"; the sealed values are opened at the edge.
select 'user:' || holder.user_id::text as scope, r.id, r.rev,
    json_build_object(
        'id', r.id, 'rev', r.rev, 'title', '走访', 'person', s.id, 'form', r.form, 'state', r.state,
        'open_day', r.open_day, 'due_day', r.due_day,
        'opens_at', to_char(r.opens_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'due_at', to_char(r.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'quiet_from', to_char(r.quiet_from, 'HH24:MI'), 'quiet_to', to_char(r.quiet_to, 'HH24:MI'),
        'name', encode(s.name, 'hex'), 'short_name', s.minors_rules,
        'phone', encode(s.phone, 'hex'), 'address', encode(s.address, 'hex')
    )::text as payload
from corrections_duecontact r
join corrections_subject s on s.id = r.subject_id
cross join lateral (
    select m.user_id from corrections_member m join corrections_group g on g.id = m.group_id
    where g.subject_id = s.id and g.state = 'active' and m.state = 'in_force' and m.user_id is not null
    union
    select n.user_id from corrections_naming n
    where n.contact_id = r.id and n.ended_at is null and not s.minors_rules
) holder
where {roots} and r.on_phone and r.state in ('planned', 'open', 'in_grace', 'missed') and s.state = 'in_correction'
