"""Codes of the escalation rules."""

from kernel.problems import define

define("rule_invalid", 400, "规则有误", "The rule is not acceptable")
define("rule_unknown", 404, "没有此规则", "No such rule")
