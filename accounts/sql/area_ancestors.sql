-- The area itself and everything above it, nearest first: (id, level).
with recursive above as (
    select a.id, a.level, a.parent_id, 0 as distance from accounts_area a where a.id = %(area)s
    union all
    select parent.id, parent.level, parent.parent_id, above.distance + 1
    from accounts_area parent
    join above on parent.id = above.parent_id
    where above.distance < 8
)
select id, level from above order by distance
