-- Who was called up and when is never changed or removed.
create trigger disputes_dangercallup_append_only before update or delete on disputes_dangercallup
    for each row execute function disputes_refuse_change();
