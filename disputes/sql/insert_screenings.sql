-- A batch of screenings in one statement, from one JSON text (lists of UUID objects are slow in psycopg). What is
-- empty is left out of the text: reading it is most of the cost.
insert into disputes_screening (
    id, rev, author_id, author_role, device_id, grid_id, release_id, community_id, street_id, category, source,
    scale, brief, brief_sealed, brief_masked, done, address, key_id, occurred_at, point, lon_e7, lat_e7, crs,
    accuracy_cm, fix_at, provider, no_location, communities, outcome, watch_until, wants_mediation, danger_now,
    called, called_at, urgency, danger_due_at, danger_step, sign_codes, party_roles, restricted, restrict_reasons,
    protected, protect_reasons, level, level_reasons, colour, colour_signs, supersedes_id, version_of_id, round_id, device_at,
    received_at, offset_ms, seq
)
select
    id, 1, %(author)s::uuid, %(role)s::text, %(device)s::uuid, grid_id, release_id, community_id, street_id, category, source,
    scale, coalesce(brief, ''), brief_sealed, coalesce(brief_masked, false), coalesce(done, ''), address, key_id,
    occurred_at,
    case when wgs_lon_e7 is not null
        then st_setsrid(st_makepoint(wgs_lon_e7 / 1e7, wgs_lat_e7 / 1e7), 4326) end,
    lon_e7, lat_e7, coalesce(crs, ''),
    accuracy_cm, fix_at, coalesce(provider, ''), coalesce(no_location, ''), coalesce(communities, '{}'), outcome,
    watch_until, coalesce(wants_mediation, false), coalesce(danger_now, false),
    coalesce(called, ''), called_at, urgency, danger_due_at, 0, coalesce(sign_codes, '{}'),
    coalesce(party_roles, '{}'), coalesce(restricted, false), coalesce(restrict_reasons, '{}'),
    coalesce(protected, false), coalesce(protect_reasons, '{}'), level, level_reasons, coalesce(colour, ''),
    coalesce(colour_signs, '{}'), supersedes_id, version_of_id, round_id, device_at, received_at, offset_ms, seq
from json_to_recordset(%(rows)s::json) as t (
    id uuid, grid_id uuid, release_id uuid, community_id uuid,
    street_id uuid, category text, source text, scale text, brief text, brief_sealed bytea, brief_masked boolean,
    done text, address bytea, key_id uuid, occurred_at timestamptz, wgs_lon_e7 bigint, wgs_lat_e7 bigint,
    lon_e7 bigint, lat_e7 bigint, crs text, accuracy_cm integer, fix_at timestamptz, provider text,
    no_location text, communities uuid[], outcome text, watch_until date, wants_mediation boolean,
    danger_now boolean, called text, called_at timestamptz, urgency text, danger_due_at timestamptz,
    sign_codes text[], party_roles text[], restricted boolean, restrict_reasons text[], protected boolean,
    protect_reasons text[], level text, level_reasons text[], colour text, colour_signs text[],
    supersedes_id uuid, version_of_id uuid, round_id uuid, device_at timestamptz, received_at timestamptz, offset_ms integer, seq bigint
)
