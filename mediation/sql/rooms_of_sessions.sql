-- The rooms of sessions that are still to come, for the rule that one session holds a room at a time. Of two that were
-- planned for one room at one time before that rule, the later plan stays out of it: nobody's date is changed.
with open_ones as (
    select s.id, s.starts_at, s.ends_at, s.planned_at,
        lower(regexp_replace(normalize(s.room, NFKC), '\s+', '', 'g')) as key,
        coalesce((
            select o.id from accounts_organisation o where o.kind = 'mediation_centre' and o.area_id = c.street_id
            order by o.created_at, o.id limit 1
        ), c.committee_id) as place
    from mediation_session s join mediation_case c on c.id = s.case_id
    where s.state in ('planned', 'invited') or (s.state = 'held' and s.ended_at is null)
)
update mediation_session m set room_key = a.key, place_id = a.place
from open_ones a
where m.id = a.id and not exists (
    select from open_ones b
    where b.place = a.place and b.key = a.key and (b.planned_at, b.id) < (a.planned_at, a.id)
    and tstzrange(b.starts_at, b.ends_at) && tstzrange(a.starts_at, a.ends_at)
);
