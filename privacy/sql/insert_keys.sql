-- New data keys in one statement, from one JSON text (2,000 rows through the ORM cost more than all else of a push).
insert into privacy_subject_key (id, wrapped_key, created_at)
select id, decode(wrapped, 'hex'), %(now)s::timestamptz
from json_to_recordset(%(keys)s::json) as fresh (id uuid, wrapped text)
