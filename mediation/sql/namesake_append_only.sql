-- What a person found out about a namesake is a word of that day: never changed or removed.
create trigger mediation_namesake_check_append_only before update or delete on mediation_namesake_check
    for each row execute function mediation_refuse_change();
