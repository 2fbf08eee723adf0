-- Which copies were made, and what became of reserved numbers, is never changed or removed at run time.
create trigger mediation_number_block_append_only before update or delete on mediation_number_block
    for each row execute function mediation_refuse_change();

create trigger mediation_block_number_append_only before update or delete on mediation_block_number
    for each row execute function mediation_refuse_change();

create trigger mediation_dossier_copy_append_only before update or delete on mediation_dossier_copy
    for each row execute function mediation_refuse_change();
