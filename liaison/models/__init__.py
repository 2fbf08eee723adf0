"""Reports to the police, their sheets, steps and calls."""

from liaison.models.reports import Report, ReportCall, ReportTransition, Sheet

__all__ = ["Report", "ReportCall", "ReportTransition", "Sheet"]
