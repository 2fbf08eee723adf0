-- Phone rows of tasks: open ones of a person, in the scope of that person's role (there is no view over two roles).
select 'user:' || r.assignee_id::text || ':' || r.role as scope, r.id, r.rev,
    json_build_object(
        'id', r.id, 'rev', r.rev, 'kind', r.kind, 'due_at', r.due_at, 'subject_kind', r.subject_kind,
        'subject_id', r.subject_id, 'grid_id', r.grid_id, 'area_id', r.area_id
    )::text as payload
from tasks_task r
where {roots} and r.state = 'open' and r.assignee_id is not null
