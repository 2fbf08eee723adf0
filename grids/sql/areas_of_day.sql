(
    -- The divisions with the code and name of the day `at`: those before their first change after it (GR-6).
    select a.id, a.level, a.parent_id, coalesce(x.old_code, a.code) as code, coalesce(x.old_name, a.name) as name
    from accounts_area a
    left join (
        select distinct on (area_id) area_id, old_code, old_name
        from accounts_areachange
        where day > %(at)s
        order by area_id, day, id
    ) as x on x.area_id = a.id
)
