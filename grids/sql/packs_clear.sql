-- Packs beyond the newest few of each worker.
delete from grids_pack where id in (
    select id from (
        select id, row_number() over (partition by worker_id order by made_at desc, id desc) as place
        from grids_pack
    ) as ordered
    where place > %(kept)s
)
