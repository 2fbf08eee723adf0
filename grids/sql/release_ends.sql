-- Grids that would end with a release (of its communities, without a shape in it), and how many are in charge.
select g.code, count(x.id)
from grids_grid g
join grids_gridshape s on s.grid_id = g.id
    and s.valid_from <= %(today)s and (s.valid_to is null or s.valid_to > %(today)s)
left join grids_assignment x on x.grid_id = g.id and (x.valid_to is null or x.valid_to > %(today)s)
where g.community_id in (
        select m.community_id from grids_grid m
        join grids_gridshape n on n.grid_id = m.id and n.release_id = %(release)s
    )
    and g.id not in (select n.grid_id from grids_gridshape n where n.release_id = %(release)s)
group by g.code
order by g.code
