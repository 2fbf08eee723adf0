"""Every write of escalation: rules and profiles with their versions, firings, level clocks, extensions."""

from escalation.services.extensions import extension_ask, extension_decide
from escalation.services.firing import event_evaluate
from escalation.services.level_clocks import clock_follow, clock_run_out, clocks_recompute
from escalation.services.profiles import profile_in_force, profile_set
from escalation.services.rules import rule_activate, rule_retire, rule_save, rules_load

__all__ = [
    "clock_follow",
    "clock_run_out",
    "clocks_recompute",
    "event_evaluate",
    "extension_ask",
    "extension_decide",
    "profile_in_force",
    "profile_set",
    "rule_activate",
    "rule_retire",
    "rule_save",
    "rules_load",
]
