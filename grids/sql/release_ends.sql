-- Grids that would end with a release (of its communities, without a row in it), how many are in charge, and where.
select g.code, count(x.id), ST_AsBinary(s.geom)
from grids_grid g
join grids_gridshape s on s.grid_id = g.id
    and s.valid_from <= %(day)s and (s.valid_to is null or s.valid_to > %(day)s)
left join grids_assignment x on x.grid_id = g.id and (x.valid_to is null or x.valid_to > %(day)s)
where g.community_id = any(%(communities)s::uuid[])
    and not exists (
        select from grids_draftrow d where d.release_id = %(release)s and d.level = 'grid' and d.code = g.code
    )
group by g.code, s.geom
order by g.code
