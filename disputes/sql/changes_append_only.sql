-- What somebody worded is kept as it was.
create trigger disputes_disputechange_append_only before update or delete on disputes_disputechange
    for each row execute function disputes_refuse_change();
