"""To-dos, the duty list of centres and stations, and what was entered from paper."""

from tasks.models.duty import DutyShift
from tasks.models.paper import PaperEntry
from tasks.models.todo import Task

__all__ = ["DutyShift", "PaperEntry", "Task"]
