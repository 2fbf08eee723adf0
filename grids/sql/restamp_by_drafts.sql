-- Both sides of a release that is not published yet, on a day. What stays as it is stands on neither.
insert into grids_off
select s.grid_id, s.geom
from grids_grid g
join grids_gridshape s on s.grid_id = g.id
    and s.valid_from <= %(day)s and (s.valid_to is null or s.valid_to > %(day)s)
where g.community_id = any(%(communities)s::uuid[]) and not exists (
    select from grids_draftrow d
    where d.release_id = %(release)s and d.level = 'grid' and d.code = g.code and d.geom ~= s.geom
        and ST_Equals(d.geom, s.geom)
);
insert into grids_on
select d.code, d.geom
from grids_draftrow d
where d.release_id = %(release)s and d.level = 'grid' and not exists (
    select from grids_grid g
    join grids_gridshape s on s.grid_id = g.id
        and s.valid_from <= %(day)s and (s.valid_to is null or s.valid_to > %(day)s)
    where g.code = d.code and d.geom ~= s.geom and ST_Equals(d.geom, s.geom)
);
analyze grids_off (grid_id)
