create temporary table sync_rebuilt (
  scope text collate "C", kind text collate "C", id uuid, rev bigint, payload text, inbox bigint)
