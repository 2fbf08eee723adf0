-- Phone rows of a dispute's steps: for whom the dispute itself is on the phone. Who took a step is told by role, and
-- words only where nobody is protected.
select sc.scope, r.id, r.rev,
    json_build_object(
        'id', r.id, 'rev', r.rev, 'dispute_id', r.dispute_id, 'event', r.event, 'from_state', r.from_state,
        'to_state', r.to_state, 'from_level', r.from_level, 'to_level', r.to_level, 'role', r.role,
        'words', case when d.protected then '' else r.reason end, 'device_at', r.device_at, 'at', r.at
    )::text as payload
from disputes_disputetransition r
join disputes_dispute d on d.id = r.dispute_id
cross join lateral (
    select 'grid:' || d.grid_id::text where d.grid_id is not null and not d.protected
    union
    select 'user:' || s.author_id::text || ':grid_worker'
    from disputes_disputescreening l
    join disputes_screening s on s.id = l.screening_id
    where l.dispute_id = d.id and s.author_role = 'grid_worker'
) sc (scope)
where {roots} and not d.restricted and not exists (
    select from privacy_closing c where c.subject_kind = 'dispute' and c.subject_id = d.id and c.state <> 'open'
)
