-- Streets whose shapes, codes and worker contacts the caller shares: a grid worker by the assignments in force,
-- everybody else by the area of the own organisation (a community stands for its street).
with recursive above as (
    select a.id, a.parent_id, a.level
    from accounts_organisation o
    join accounts_area a on a.id = o.area_id
    where o.id = %(organisation)s and %(role)s = any(%(staff)s)
    union all
    select parent.id, parent.parent_id, parent.level
    from accounts_area parent
    join above on above.parent_id = parent.id
    where above.level = 'community'
),
below as (
    select id, level from above where level <> 'community'
    union all
    select child.id, child.level
    from accounts_area child
    join below on child.parent_id = below.id
    where below.level <> 'street'
)
select id from below where level = 'street'
union
select c.parent_id
from grids_assignment x
join grids_grid g on g.id = x.grid_id
join accounts_area c on c.id = g.community_id
where x.worker_id = %(user)s and %(role)s = 'grid_worker'
    and x.valid_from <= %(today)s and (x.valid_to is null or x.valid_to > %(today)s)
