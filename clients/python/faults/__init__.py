"""A network that fails on purpose, between any client and any server."""

from faults.proxy import FaultProxy, Rule

__all__ = ["FaultProxy", "Rule"]
