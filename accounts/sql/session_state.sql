-- All that decides whether a request of this session is heard: one row by primary keys.
select u.state, u.scope_version,
       f.revoked_at is not null, f.expires_at,
       d.id, d.state, d.wipe_order, d.lost_at,
       m.id, m.role, m.organisation_id, m.state, m.valid_from, m.valid_to
from accounts_refresh_family f
join accounts_user u on u.id = f.user_id
left join accounts_device d on d.id = f.device_id
left join accounts_membership m on m.id = f.membership_id
where f.id = %(family)s
