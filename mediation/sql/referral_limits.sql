-- The earliest last day of the terms that ran for the party of a referral: of review (AR-20), of labour arbitration
-- (LB-27).
update mediation_referral r
set limit_on = least(
    case when r.act_of_organ and not r.organ_mediated then r.known_on + 60 end,
    case when d.category in ('10a', '10b') then (r.known_on + interval '1 year')::date end)
from disputes_dispute d
where d.id = r.dispute_id and r.known_on is not null;
