-- Counters of a device that are missing between two that came.
select before + 1, seq - 1, received_at
from (
    select seq, lag(seq) over (order by seq) as before, received_at
    from (select seq, min(received_at) as received_at from sync_inbox
          where device_id = %(device)s and seq is not null group by seq) as counted
) as neighbours
where seq > before + 1 and received_at < %(before)s
order by 1
