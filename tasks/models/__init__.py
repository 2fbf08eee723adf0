"""To-dos, the duty list of centres and stations, hand-overs, and what was entered from paper."""

from tasks.models.duty import DutyShift
from tasks.models.handing import HandOver, HandOverLine
from tasks.models.paper import PaperEntry
from tasks.models.todo import Task

__all__ = ["DutyShift", "HandOver", "HandOverLine", "PaperEntry", "Task"]
