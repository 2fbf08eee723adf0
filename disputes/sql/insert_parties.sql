-- The parties of a batch of screenings; names and numbers arrive sealed.
insert into disputes_screeningparty (
    id, screening_id, position, role, described, hearsay, minor, birth_band, key_id, name, phone, id_number,
    name_index, phone_index, id_index
)
select
    id, screening_id, position, role, coalesce(described, ''), coalesce(hearsay, false), coalesce(minor, false),
    coalesce(birth_band, ''), key_id, name, phone, id_number, name_index, phone_index, id_index
from json_to_recordset(%(rows)s::json) as t (
    id uuid, screening_id uuid, position smallint, role text, described text, hearsay boolean, minor boolean,
    birth_band text, key_id uuid, name bytea, phone bytea, id_number bytea, name_index bytea, phone_index bytea,
    id_index bytea
)
