-- Notices, declarations, answers, attempts and extensions are words of that day: never changed or removed.
create trigger mediation_rights_notice_append_only before update or delete on mediation_rights_notice
    for each row execute function mediation_refuse_change();

create trigger mediation_conflict_declaration_append_only
    before update or delete on mediation_conflict_declaration
    for each row execute function mediation_refuse_change();

create trigger mediation_mediator_heard_append_only before update or delete on mediation_mediator_heard
    for each row execute function mediation_refuse_change();

create trigger mediation_reach_attempt_append_only before update or delete on mediation_reach_attempt
    for each row execute function mediation_refuse_change();

create trigger mediation_extension_append_only before update or delete on mediation_extension
    for each row execute function mediation_refuse_change();
