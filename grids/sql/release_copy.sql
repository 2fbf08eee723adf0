-- The shapes of an older release once more, as a draft ({kind}: grid or area).
insert into grids_{kind}shape (id, release_id, {kind}_id, {columns} geom, announced)
select gen_random_uuid(), %(release)s, s.{kind}_id, {columns} s.geom, false
from grids_{kind}shape s
where s.release_id = %(old)s
