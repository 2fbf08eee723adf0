-- Which party was told the other ways, and which papers it gave to the court, is never changed or removed at run time.
create trigger mediation_ways_told_append_only before update or delete on mediation_ways_told
    for each row execute function mediation_refuse_change();

create trigger mediation_confirmation_paper_append_only before update or delete on mediation_confirmation_paper
    for each row execute function mediation_refuse_change();
