-- Communities for which a release brings grids: by its drafts, or by its shapes once it is published.
with drafted as materialized (
    select distinct left(d.code, 12) as code from grids_draftrow d
    where d.release_id = %(release)s and d.level = 'grid'
)
select a.id from drafted c join accounts_area a on a.code = c.code
where a.level = 'community' and a.valid_to is null
union
select g.community_id from grids_gridshape s join grids_grid g on g.id = s.grid_id where s.release_id = %(release)s
union
select unnest(r.covers) from grids_boundaryrelease r where r.id = %(release)s
