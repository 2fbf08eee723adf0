-- What was said and done at the table is never changed or removed at run time.
create trigger mediation_session_transition_append_only before update or delete on mediation_session_transition
    for each row execute function mediation_refuse_change();

create trigger mediation_participant_consent_append_only before update or delete on mediation_participant_consent
    for each row execute function mediation_refuse_change();

create trigger mediation_attendance_append_only before update or delete on mediation_attendance
    for each row execute function mediation_refuse_change();

create trigger mediation_note_append_only before update or delete on mediation_note
    for each row execute function mediation_refuse_change();

create trigger mediation_caucus_word_append_only before update or delete on mediation_caucus_word
    for each row execute function mediation_refuse_change();

create trigger mediation_offer_transition_append_only before update or delete on mediation_offer_transition
    for each row execute function mediation_refuse_change();
