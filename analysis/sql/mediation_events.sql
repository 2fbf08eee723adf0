-- Acceptances and conclusions of the cases of some streets in a year, each case once: its first step of the kind, when
-- that was entered. The money is that of the agreement which the conclusion reached.
with stepped as (
    select distinct on (t.case_id, m.measure) t.case_id, m.measure, t.target, t.at,
        (t.at at time zone 'Asia/Shanghai')::date as day
    from mediation_case_transition t
    cross join lateral (
        select case when t.event = 'accept' then 'accepted'
            when t.target in ('agreed', 'failed', 'withdrawn', 'refused', 'not_accepted') then 'concluded' end as measure
    ) m
    where m.measure is not null
    order by t.case_id, m.measure, t.at, t.id
)
select extract(month from s.day)::int, a.code, s.measure, c.category, c.initiation,
    case when s.measure = 'concluded' then s.target else '' end,
    case when s.measure = 'concluded' then (
        select sum(o.amount) from mediation_obligation o
        join mediation_agreement g on g.id = o.agreement_id
        where g.case_id = c.id and g.serial = (
            select max(l.serial) from mediation_agreement l
            where l.case_id = c.id and l.reached_at < (date_trunc('month', s.day) + interval '1 month')
                at time zone 'Asia/Shanghai'
        ) and o.entered_at < (date_trunc('month', s.day) + interval '1 month') at time zone 'Asia/Shanghai'
    ) end,
    case when s.measure = 'concluded' then s.day - c.accepted_on end
from stepped s
join mediation_case c on c.id = s.case_id
join accounts_area a on a.id = c.street_id
where s.day >= %(first)s and s.day < %(after)s and c.street_id = any(%(streets)s::uuid[])
