-- What the person at risk said is kept as it was said.
create trigger disputes_wish_append_only before update or delete on disputes_wish
    for each row execute function disputes_refuse_change();
