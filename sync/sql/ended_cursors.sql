-- Cursors end when their device was not seen for long, or at an age when a successor of theirs was used.
delete from sync_cursor c
where c.device_id in (select d.id from accounts_device d where d.seen_on < %(unseen)s)
  or (c.created_at < %(used)s and exists (
    select from sync_cursor child join sync_cursor grandchild on grandchild.parent = child.id
    where child.parent = c.id))
