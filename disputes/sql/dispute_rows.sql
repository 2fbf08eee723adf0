-- Phone rows of disputes: the public face, for the workers of its grid and the authors of its records. Restricted
-- ones are on no phone, protected ones on their authors' alone, with the place only where the author's own record
-- says it.
select sc.scope, r.id, r.rev,
    json_build_object(
        'id', r.id, 'rev', r.rev, 'code', r.code, 'state', r.state, 'level', r.level, 'level_since', r.level_since,
        'level_reasons', r.level_reasons, 'category', r.category, 'scale', r.scale,
        'complexity', r.complexity, 'hand_up_asked', r.hand_up_asked,
        'grid_id', case when sc.place_told then r.grid_id end,
        'community_id', case when sc.place_told then r.community_id end,
        'opened_at', r.opened_at, 'last_screened_at', r.last_screened_at,
        'brief', case when r.protected then '' else r.brief end, 'protected', r.protected, 'outcome', r.outcome, 'closed_as', r.closed_as,
        'mediation_refused', r.mediation_refused_at is not null
            and (r.party_asked_at is null or r.party_asked_at <= r.mediation_refused_at),
        'suspended_until', r.suspended_until, 'watch_until', r.watch_until, 'colour', r.colour,
        'colour_until', r.colour_until, 'merged_into', r.merged_into_id
    )::text as payload
from disputes_dispute r
cross join lateral (
    select 'grid:' || r.grid_id::text, true where r.grid_id is not null and not r.protected
    union all
    select 'user:' || s.author_id::text || ':grid_worker',
        not r.protected or bool_or(
            s.grid_id is not distinct from r.grid_id and s.community_id is not distinct from r.community_id
        )
    from disputes_disputescreening l
    join disputes_screening s on s.id = l.screening_id
    where l.dispute_id = r.id and s.author_role = 'grid_worker'
    group by s.author_id
) sc (scope, place_told)
where {roots} and not r.restricted and not exists (
    select from privacy_closing c where c.subject_kind = 'dispute' and c.subject_id = r.id and c.state <> 'open'
)
