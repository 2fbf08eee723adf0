(
    -- The grids with the code of the day `at`: that which their community had, and their own serial (GR-4, GR-6).
    select g.id, g.community_id, g.rev, g.duties, g.synthetic,
        coalesce(x.old_code || substr(g.code, 13), g.code) as code
    from grids_grid g
    left join (
        select distinct on (area_id) area_id, old_code
        from accounts_areachange
        where day > %(at)s
        order by area_id, day, id
    ) as x on x.area_id = g.community_id
)
