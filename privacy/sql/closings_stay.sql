-- A closing and its tombstone are never removed by the running system, nor is what was signed or asked.
create trigger privacy_closing_stays before delete on privacy_closing
    for each row execute function privacy_refuse_change();

create trigger privacy_tombstone_only_grows
    before delete or update of at, event, subject_kind, subject_id, keys, seal_number on privacy_tombstone
    for each row execute function privacy_refuse_change();

create trigger privacy_destruction_list_stays before delete on privacy_destruction_list
    for each row execute function privacy_refuse_change();

create trigger privacy_destruction_entry_stays before update or delete on privacy_destruction_entry
    for each row execute function privacy_refuse_change();

create trigger privacy_lawful_query_stays before delete on privacy_lawful_query
    for each row execute function privacy_refuse_change();

create trigger privacy_seal_key_stays before delete or update of public_key, made_at, head_id, keeper_id
    on privacy_seal_key for each row execute function privacy_refuse_change();
