"""Codes of the escalation rules."""

from kernel.problems import define

define("rule_invalid", 400, "规则有误", "The rule is not acceptable")
define("rule_unknown", 404, "没有此规则", "No such rule")
define("profile_invalid", 400, "时限方案有误", "The profile is not acceptable: level=days")
define("rule_not_in_force", 409, "该规则未启用", "The rule is not in force")
define("clock_not_running", 409, "该时限已结束", "The clock no longer runs")
define("extension_too_long", 400, "延长天数超过上限", "That is longer than may be approved", law="EF-5")
define("extension_open_already", 409, "已有待批的延长申请", "An extension is asked for already")
define("extension_decided", 409, "该申请已有决定", "The extension was decided otherwise")
define("own_extension", 403, "不得批准本人提出的申请", "Nobody decides the own request")
