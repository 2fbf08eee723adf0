-- Where a dispute was put and why is never changed or removed.
create trigger disputes_disputemove_append_only before update or delete on disputes_disputemove
    for each row execute function disputes_refuse_change();
