-- Steps of follow-ups are never changed at run time.
create trigger mediation_follow_up_transition_append_only
    before update or delete on mediation_follow_up_transition
    for each row execute function mediation_refuse_change();
