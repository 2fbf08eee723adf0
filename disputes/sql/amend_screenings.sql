-- The latest version of some screenings; their rev counts what their authors sent.
update disputes_screening s set latest_id = v.latest, rev = s.rev + 1
from unnest(%(roots)s::uuid[], %(latest)s::uuid[]) as v(root, latest)
where s.id = v.root
