select case when r.id is null then 'missing' when f.id is null then 'extra' else 'different' end as sort,
  coalesce(f.kind, r.kind), coalesce(f.scope, r.scope), coalesce(f.id, r.id)
from sync_rebuilt f
full join (select * from sync_row where not deleted) r
  on r.scope = f.scope and r.kind = f.kind and r.id = f.id
where r.id is null or f.id is null or r.rev <> f.rev or r.payload <> f.payload
  or r.inbox is distinct from f.inbox
order by 2, 3, 4
