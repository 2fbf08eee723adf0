-- What a party said of what may go to a channel is never changed or removed at run time.
create trigger mediation_referral_word_append_only before update or delete on mediation_referral_word
    for each row execute function mediation_refuse_change();
