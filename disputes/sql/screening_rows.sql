-- Phone rows of screenings: the author's own in the scope of the author's role, and the grid's for its workers.
-- A restricted one is on no phone, a protected one on the author's alone; names and numbers of people on none.
-- A record has the content of its latest version (`c`); versions have no rows of their own.
-- `offset 0` keeps the payload from being made once more for each scope.
select sc.scope, r.id, r.rev, made.payload
from disputes_screening r
join disputes_screening c on c.id = coalesce(r.latest_id, r.id)
left join disputes_disputescreening l on l.screening_id = r.id
left join disputes_dispute d on d.id = l.dispute_id
cross join lateral (
    select json_build_object(
        'id', r.id, 'rev', r.rev, 'author_id', r.author_id, 'grid_id', r.grid_id, 'community_id', c.community_id,
        'category', c.category, 'source', c.source, 'scale', c.scale, 'brief', c.brief,
        'brief_masked', c.brief_masked, 'done', c.done, 'occurred_at', c.occurred_at,
        'lon_e7', (st_x(c.point) * 1e7)::bigint, 'lat_e7', (st_y(c.point) * 1e7)::bigint,
        'no_location', c.no_location, 'outcome', c.outcome, 'watch_until', c.watch_until,
        'wants_mediation', c.wants_mediation, 'danger_now', c.danger_now, 'urgency', c.urgency,
        'protected', c.protected, 'level', c.level, 'level_reasons', c.level_reasons, 'colour', c.colour,
        'signs', c.sign_codes, 'party_roles', c.party_roles, 'dispute_id', d.id, 'supersedes', r.supersedes_id,
        'device_at', c.device_at, 'received_at', c.received_at
    )::text as payload
    offset 0
) made
cross join lateral (
    select 'user:' || r.author_id::text || ':grid_worker' where r.author_role = 'grid_worker'
    union all
    select 'grid:' || r.grid_id::text
    where r.grid_id is not null and not r.protected and not c.protected and not coalesce(d.protected, false)
) sc (scope)
where {roots} and r.version_of_id is null and not r.restricted and not c.restricted and not coalesce(d.restricted, false)
    and not exists (
        select from privacy_closing l where l.subject_kind = 'dispute' and l.subject_id = d.id and l.state <> 'open'
    )
