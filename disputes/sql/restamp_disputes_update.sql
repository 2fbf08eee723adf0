-- Grid and community follow the ground. The street follows while grid or community have the dispute; an office that
-- has taken it up keeps it.
update disputes_dispute r
set grid_id = g.id,
    community_id = coalesce(g.community_id, r.community_id),
    street_id = case when r.level in ('grid', 'community') then coalesce(c.parent_id, r.street_id) else r.street_id end
from grids_moved m
left join grids_grid g on g.code = m.to_code
left join accounts_area c on c.id = g.community_id
where r.id = m.id
