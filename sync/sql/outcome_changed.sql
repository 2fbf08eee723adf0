-- Whoever decides about an item, and however: the device hears of it with its next pull.
create function sync_outcome_changed() returns trigger language plpgsql as $$
begin
    new.changed := pg_current_xact_id();
    return new;
end $$;

create trigger sync_outcome_changed before update of state, code, detail, field_errors, rev on sync_inbox
for each row when (
    (old.state, old.code, old.detail, old.field_errors, old.rev)
    is distinct from (new.state, new.code, new.detail, new.field_errors, new.rev))
execute function sync_outcome_changed();
