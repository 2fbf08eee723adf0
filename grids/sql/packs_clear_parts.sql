-- Files that no pack names.
delete from grids_packpart p
where not exists (select from grids_pack k where k.parts @> array[p.sha256::text]::varchar[])
