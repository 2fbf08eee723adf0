-- What was erased after a withdrawal, and what was kept by which duty, is added to and never changed.
create trigger privacy_consent_erasure_only_grows before update or delete on privacy_consent_erasure
    for each row execute function privacy_refuse_change();
