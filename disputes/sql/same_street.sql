-- Open disputes of a street, known to the grid, that share a person with the given blind indexes, and how far they
-- are from a point (metres; null without a place).
select d.id, min(st_distance(s.point::geography, p.point::geography)) as metres
from disputes_dispute d
join disputes_disputeparty dp on dp.dispute_id = d.id
join disputes_disputescreening ds on ds.dispute_id = d.id
join disputes_screening s on s.id = ds.screening_id
cross join (select point from disputes_screening where id = %(screening)s) p
where d.street_id = %(street)s and d.state = any(%(open)s) and not d.protected and not d.restricted
  and d.last_screened_at >= %(since)s
  and (dp.phone_index = any(%(phones)s) or dp.id_index = any(%(numbers)s))
group by d.id
order by metres nulls last, d.id
