-- Changes whenever a list of grids could: revs only grow, and what is published next is a new release.
select count(*), coalesce(sum(g.rev), 0),
    (select coalesce(max(r.published_at)::text, '') from grids_boundaryrelease r)
from grids_grid g
join accounts_area c on c.id = g.community_id
where c.parent_id = any(%(streets)s::uuid[])
