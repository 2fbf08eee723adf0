-- Open disputes of a street, known to the grid, that share a person with the given blind indexes, and how far they
-- are from a point (metres; null without a place). Each record of a dispute is looked at once, however many of its
-- parties share the person.
with sharing as materialized (
  select distinct dp.dispute_id as id from disputes_disputeparty dp
  where dp.phone_index = any(%(phones)s) or dp.id_index = any(%(numbers)s)
)
select d.id, near.metres
from sharing
join disputes_dispute d on d.id = sharing.id
cross join lateral (
  select min(st_distance(s.point::geography, p.point::geography)) as metres
  from disputes_disputescreening ds
  join disputes_screening s on s.id = ds.screening_id
  cross join (select point from disputes_screening where id = %(screening)s) p
  where ds.dispute_id = d.id
) near
where d.street_id = %(street)s and d.state = any(%(open)s) and not d.protected and not d.restricted
  and d.last_screened_at >= %(since)s
order by near.metres nulls last, d.id
