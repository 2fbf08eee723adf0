-- What was agreed on the spot in a batch of screenings; words arrive sealed.
insert into disputes_settlement (
    id, screening_id, key_id, terms, by_whom, agreed_on, actor_id, role, device_at, at
)
select id, screening_id, key_id, terms, by_whom, agreed_on, %(author)s::uuid, %(role)s::text, device_at, %(at)s
from json_to_recordset(%(rows)s::json) as t (
    id uuid, screening_id uuid, key_id uuid, terms bytea, by_whom bytea, agreed_on date, device_at timestamptz
)
