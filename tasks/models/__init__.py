"""To-dos, and the duty list of centres and stations."""

from tasks.models.duty import DutyShift
from tasks.models.todo import Task

__all__ = ["DutyShift", "Task"]
