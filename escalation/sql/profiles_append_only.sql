-- A profile's version stays as it was made: clocks point at it.
create trigger escalation_profile_version_append_only before update or delete on escalation_profile_version
    for each row execute function escalation_refuse_change();
