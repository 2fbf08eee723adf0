-- Ids of the given areas and of everything below them, as far as in force on the day.
with recursive below as (
    select a.id from accounts_area a where a.id = any(%(roots)s::uuid[])
    union
    select child.id
    from accounts_area child
    join below on child.parent_id = below.id
    where child.valid_from <= %(day)s and (child.valid_to is null or child.valid_to > %(day)s)
)
select id from below
