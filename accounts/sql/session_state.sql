-- All that decides whether a request of this session is heard: one row by primary keys.
select u.state, u.scope_version,
       f.revoked_at is not null, f.expires_at,
       d.id, d.state, d.wipe_order, d.lost_at,
       m.id, m.role, m.organisation_id, m.state, m.valid_from, m.valid_to,
       coalesce(d.terminal, false), am.user_id, m.acting_document, m.acting_signs,
       v.id, v.state, v.valid_from, v.valid_to
from accounts_refresh_family f
join accounts_user u on u.id = f.user_id
left join accounts_device d on d.id = f.device_id
left join accounts_membership m on m.id = f.membership_id
left join accounts_membership am on am.id = m.acting_for_id
left join accounts_vendor_account v on v.user_id = u.id
where f.id = %(family)s
