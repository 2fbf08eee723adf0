-- The scopes a caller holds now, sorted.
select coalesce(array_agg(scope order by scope), '{}') as scopes
from (select distinct scope collate "C" as scope from ({scopes}) as provided where scope is not null) as one
