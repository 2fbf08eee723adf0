-- Phone rows of visits: the author's own, as long as the author is in the person's group or named for that visit.
-- The machine's verdict and the officer's judgement are not for phones.
select 'user:' || r.author_id::text as scope, r.id, r.rev,
    json_build_object(
        'id', r.id, 'rev', r.rev, 'due', r.contact_id, 'person', r.subject_id, 'form', r.form,
        'outcome', r.outcome, 'way', nullif(r.way, ''),
        'made_at', to_char(r.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'note', encode(r.note, 'hex')
    )::text as payload
from corrections_visit r
join corrections_subject s on s.id = r.subject_id
where {roots} and r.phone_until is not null and s.state = 'in_correction'
    and (
        exists (
            select from corrections_member m join corrections_group g on g.id = m.group_id
            where g.subject_id = s.id and g.state = 'active' and m.state = 'in_force' and m.user_id = r.author_id
        )
        or exists (
            select from corrections_naming n
            where n.contact_id = r.contact_id and n.user_id = r.author_id and n.ended_at is null
                and not s.minors_rules
        )
    )
