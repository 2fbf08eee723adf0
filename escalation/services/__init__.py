"""Every write of escalation: rules and their versions, firings, level clocks."""

from escalation.services.firing import event_evaluate
from escalation.services.level_clocks import clock_follow, clock_run_out, clocks_recompute
from escalation.services.rules import rules_load

__all__ = ["clock_follow", "clock_run_out", "clocks_recompute", "event_evaluate", "rules_load"]
