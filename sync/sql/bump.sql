-- Lock the roots in order and raise their rev.
update {root_table} root set rev = root.rev + 1
from (select r.id from {root_table} r where r.id = any(%(ids)s::uuid[]) order by r.id for update) locked
where root.id = locked.id
