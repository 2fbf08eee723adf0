-- Counters of a device that several items carry.
select seq from sync_inbox where device_id = %(device)s and seq is not null
group by seq having count(distinct id) > 1 order by seq
