-- Whom a notice was told, who was told of an incident: added to, never changed. What was asked, opened or agreed to is
-- never removed.
create trigger privacy_notice_stays before update or delete on privacy_notice
    for each row execute function privacy_refuse_change();
create trigger privacy_notice_shown_only_grows before update or delete on privacy_notice_shown
    for each row execute function privacy_refuse_change();
create trigger privacy_incident_told_only_grows before update or delete on privacy_incident_told
    for each row execute function privacy_refuse_change();
create trigger privacy_incident_stays before delete on privacy_incident
    for each row execute function privacy_refuse_change();
create trigger privacy_broken_glass_stays before delete or update of by, at, until, reason, subject_id
    on privacy_broken_glass for each row execute function privacy_refuse_change();
create trigger privacy_person_request_stays before delete on privacy_person_request
    for each row execute function privacy_refuse_change();
create trigger privacy_consent_stays before delete on privacy_consent
    for each row execute function privacy_refuse_change();
