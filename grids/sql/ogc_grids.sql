-- Shapes of grids. `answer`: features, their number or their extent; `page`: where the page begins and ends.
with streets (id) as materialized ({streets})
select {answer}
from grids_gridshape s
join {grids} a on a.id = s.grid_id
join {areas} c on c.id = a.community_id
where c.parent_id in (select id from streets) and s.valid_from is not null {filters}
{page}
