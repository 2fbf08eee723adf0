insert into sync_rebuilt select distinct on (f.scope, f.id) f.scope, %(kind)s, f.id, f.rev, f.payload, {mark} from ({rows}) as f order by f.scope, f.id
