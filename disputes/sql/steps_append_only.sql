-- Steps, notes, settlements and applications stay as they were made; the writer of phone rows may lock a step.
drop trigger disputes_disputetransition_append_only on disputes_disputetransition;
create trigger disputes_disputetransition_append_only
    before delete or update of
        id, dispute_id, event, from_state, to_state, from_level, to_level, actor_id, role, reason, detail, device_at, at
    on disputes_disputetransition for each row execute function disputes_refuse_change();

create trigger disputes_disputenote_append_only before update or delete on disputes_disputenote
    for each row execute function disputes_refuse_change();
create trigger disputes_settlement_append_only before update or delete on disputes_settlement
    for each row execute function disputes_refuse_change();
create trigger disputes_application_append_only before update or delete on disputes_application
    for each row execute function disputes_refuse_change();
