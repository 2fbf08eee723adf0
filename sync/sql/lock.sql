-- Lock the roots in order; their rev counts what their authors sent, and that has not changed.
select r.id from {root_table} r where r.id = any(%(ids)s::uuid[]) order by r.id for update
