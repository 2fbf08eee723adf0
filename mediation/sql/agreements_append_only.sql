-- What was performed, what parties said about confirmation and follow-up, and steps are never changed at run
-- time.
create trigger mediation_performance_append_only before update or delete on mediation_performance
    for each row execute function mediation_refuse_change();

create trigger mediation_obligation_transition_append_only before update or delete on mediation_obligation_transition
    for each row execute function mediation_refuse_change();

create trigger mediation_confirmation_word_append_only before update or delete on mediation_confirmation_word
    for each row execute function mediation_refuse_change();

create trigger mediation_confirmation_transition_append_only
    before update or delete on mediation_confirmation_transition
    for each row execute function mediation_refuse_change();

create trigger mediation_follow_up_wish_append_only before update or delete on mediation_follow_up_wish
    for each row execute function mediation_refuse_change();
