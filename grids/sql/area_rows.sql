-- Phone rows of areas: names and codes of district and above for everybody, streets and communities with their
-- shapes in the scope of the street.
select
    case r.level
        when 'street' then 'area:' || r.id::text
        when 'community' then 'area:' || r.parent_id::text
        else 'common'
    end as scope, r.id, r.rev,
    json_build_object(
        'id', r.id, 'rev', r.rev, 'code', r.code, 'name', r.name, 'level', r.level, 'parent_id', r.parent_id,
        'geometry', case when r.level in ('street', 'community') then ST_AsGeoJSON(s.geom, 7)::json end
    )::text as payload
from accounts_area r
left join grids_areashape s on s.area_id = r.id and s.announced
where {roots}
