-- Changes whenever a pack could have to be made anew: charges, grids, releases, code tables, phones.
select concat_ws(' ',
    %(today)s::date,
    (select count(*)::text || '/' || coalesce(sum(rev), 0) from grids_assignment where not closed),
    (select count(*)::text || '/' || coalesce(sum(rev), 0) from grids_grid),
    (select max(announced_at) from grids_boundaryrelease),
    (select coalesce(sum(rev), 0) from grids_codetablerow),
    (select count(*)::text || '/' || coalesce(max(enrolled_at)::text, '') from accounts_device where state = 'active'),
    (select count(*)::text || '/' || coalesce(max(made_at)::text, '') from grids_pack)
)
