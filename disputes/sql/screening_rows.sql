-- Phone rows of screenings: the author's own in the scope of the author's role, and the grid's for its workers.
-- A restricted one is on no phone, a protected one on the author's alone; names and numbers of people on none.
-- `offset 0` keeps the payload from being made once more for each scope.
select sc.scope, r.id, r.rev, made.payload
from disputes_screening r
left join disputes_disputescreening l on l.screening_id = r.id
left join disputes_dispute d on d.id = l.dispute_id
cross join lateral (
    select json_build_object(
        'id', r.id, 'rev', r.rev, 'author_id', r.author_id, 'grid_id', r.grid_id, 'community_id', r.community_id,
        'category', r.category, 'source', r.source, 'scale', r.scale, 'brief', r.brief,
        'brief_masked', r.brief_masked, 'done', r.done, 'occurred_at', r.occurred_at,
        'lon_e7', (st_x(r.point) * 1e7)::bigint, 'lat_e7', (st_y(r.point) * 1e7)::bigint,
        'no_location', r.no_location, 'outcome', r.outcome, 'watch_until', r.watch_until,
        'wants_mediation', r.wants_mediation, 'danger_now', r.danger_now, 'urgency', r.urgency,
        'protected', r.protected, 'level', r.level, 'level_reasons', r.level_reasons, 'colour', r.colour,
        'signs', r.sign_codes, 'party_roles', r.party_roles, 'dispute_id', d.id, 'supersedes', r.supersedes_id,
        'device_at', r.device_at, 'received_at', r.received_at
    )::text as payload
    offset 0
) made
cross join lateral (
    select 'user:' || r.author_id::text || ':grid_worker' where r.author_role = 'grid_worker'
    union all
    select 'grid:' || r.grid_id::text
    where r.grid_id is not null and not r.protected and not coalesce(d.protected, false)
) sc (scope)
where {roots} and not r.restricted and not coalesce(d.restricted, false)
