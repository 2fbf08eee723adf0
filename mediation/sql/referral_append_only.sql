-- Steps of referrals are never changed or removed at run time.
create trigger mediation_referral_transition_append_only before update or delete on mediation_referral_transition
    for each row execute function mediation_refuse_change();
