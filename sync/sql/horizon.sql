-- The transaction below which tombstones are old: that of the last mark of so long ago. Older marks go.
with old as (select day, xid from sync_mark where day <= %(before)s order by day desc limit 1),
forgotten as (delete from sync_mark m using old where m.day < old.day)
select old.xid::text from old
where exists (select from sync_row r where r.deleted and r.xid < old.xid)
