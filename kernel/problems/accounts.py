"""Signing in, devices, memberships. Phones tell `sign_in_again` (keep the records) from `wipe`."""

from kernel.problems import define

define("access_expired", 401, "访问令牌已过期，请刷新", "The access token has expired: refresh it")
define("wrong_credentials", 401, "用户名或密码不正确", "User name or password is wrong")
define("wrong_code", 401, "注册码无效、已用或已过期", "The code is wrong, used or expired")
define("wrong_link", 401, "链接无效、已用或已过期", "The link is wrong, used or expired")
define("wrong_signature", 401, "设备签名无效", "The device's signature does not verify")
define("wipe", 403, "设备已挂失，须清除本机数据", "This device is reported lost: wipe it")
define(
    "device_not_active",
    403,
    "设备未启用或已停用，本机记录保留",
    "The device is not active, keep your records",
)
define("no_membership", 403, "没有生效的任职", "No membership is in force")
define("role_needed", 409, "请选择以何种角色登录", "Say in which of the roles to sign in")
define("bad_public_key", 400, "公钥无效", "Only P-256 and Ed25519 public keys (SPKI, base64) are taken")
define("device_known", 409, "该设备密钥已注册", "A device with this key is enrolled already")
define(
    "role_not_of_organisation", 400, "该机构不设此角色", "This kind of organisation does not have the role"
)
define("grant_dates_wrong", 400, "任职起止日期有误", "The dates of the membership are wrong")
define("grant_too_long", 400, "受控角色任期不得超过一年", "A guarded role is granted for a year at most")
define(
    "acting_not_given", 403, "代理文件未授权签署此类事项", "The deputy's document does not give this to sign"
)
define("acting_signs_needed", 400, "须写明代理可签署的事项", "Say what the deputy may sign")
define("vendor_has_no_role", 409, "供应商账号不得担任任何角色", "A vendor holds no role", law="PI-21")
define("vendor_too_long", 400, "供应商账号期限过长", "A vendor's account ends sooner", law="PI-21")
define("vendor_needs_another", 409, "须由另一人确认", "Another person confirms it", law="PI-21")
define("acting_not_possible", 400, "该角色不能代理", "This role cannot be held by a deputy like this")
define(
    "roles_exclude",
    409,
    "管理、审计与决定类角色不得兼任",
    "Administering, auditing and deciding exclude each other",
)
define(
    "own_membership",
    403,
    "不得确认本人任职",
    "Nobody confirms a membership of the own or proposed by oneself",
)
define("not_the_head", 403, "须由接收单位负责人确认", "Only the head of the receiving organisation confirms")
define("weak_password", 400, "密码过短或过于常见", "The password is too short or too common")
define(
    "password_not_for_workers",
    409,
    "网格员不设密码，请用注册码",
    "Grid workers have no password: enrol a device",
)
define(
    "owns_open_items",
    409,
    "名下尚有未结事项，请先交接",
    "Things are still open under this membership: hand them over first",
)
