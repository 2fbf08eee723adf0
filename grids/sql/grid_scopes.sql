-- Scopes of the grids a worker is in charge of today.
select 'grid:' || x.grid_id::text
from grids_assignment x
where x.worker_id = %(user)s and %(role)s = 'grid_worker'
    and x.valid_from <= %(today)s and (x.valid_to is null or x.valid_to > %(today)s)
