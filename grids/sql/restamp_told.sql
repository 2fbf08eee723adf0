-- How many records a release has moved from which grid to which, of those that may be counted.
select r.kind, coalesce(f.code, ''), coalesce(t.code, ''), count(*)
from grids_restamp r
left join grids_grid f on f.id = r.from_grid_id
left join grids_grid t on t.id = r.to_grid_id
where r.release_id = %(release)s and r.told
group by 1, 2, 3
order by 1, 2, 3
