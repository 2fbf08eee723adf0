-- The danger signs of a batch of screenings; what was seen or told arrives sealed.
insert into disputes_dangersign (id, screening_id, code, what, by_whom, "when", ask_act)
select id, screening_id, code, what, by_whom, "when", coalesce(ask_act, false)
from json_to_recordset(%(rows)s::json) as t (
    id uuid, screening_id uuid, code text, what bytea, by_whom bytea, "when" timestamptz, ask_act boolean
)
