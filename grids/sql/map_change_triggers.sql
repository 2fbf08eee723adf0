-- Every statement that writes a table on which a map, or who sees which part of it, stands, leaves its transaction in
-- grids_mapchange; nobody waits for anybody there.
create function grids_map_changed() returns trigger language plpgsql as $$
begin
    insert into grids_mapchange (xid) values (pg_current_xact_id()::text::bigint) on conflict do nothing;
    return null;
end
$$;
do $$
declare
    name text;
begin
    foreach name in array array[
        'accounts_area', 'accounts_areachange', 'accounts_organisation', 'grids_assignment', 'grids_grid',
        'grids_gridshape', 'grids_areashape', 'grids_boundaryrelease', 'grids_mapshape'
    ] loop
        execute format('create trigger map_changed after insert or update or delete or truncate on %I
            for each statement execute function grids_map_changed()', name);
    end loop;
end
$$
