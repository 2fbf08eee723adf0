-- The district in one row.
select (select count(*) from accounts_device where state = 'active'),
  (select count(*) from accounts_device where state = 'active' and seen_on < %(quiet)s),
  (select count(*) from sync_cursor), (select min(created_at) from sync_cursor),
  (select count(*) from sync_row where deleted),
  (select coalesce(json_object_agg(state, number), '{}') from (
    select state, count(*) as number from sync_inbox where state <> 'accepted' and closed_at is null group by state
  ) as by_state),
  (select coalesce(sum(count), 0) from sync_unsent where count > 0),
  (select min(oldest_on) from sync_unsent where count > 0)
