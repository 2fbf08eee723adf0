"""Writes of tasks: one function an act, keyword-only, each with its audit row."""

from tasks.services.duty import Planned, shift_cancel, shift_hand_over, shift_take_over, shifts_plan
from tasks.services.paper import Paper, paper_compare, paper_entered
from tasks.services.todo import About, task_cancel, task_create, task_done, tasks_cancel_for, tasks_done_for

__all__ = [
    "About",
    "Paper",
    "Planned",
    "paper_compare",
    "paper_entered",
    "shift_cancel",
    "shift_hand_over",
    "shift_take_over",
    "shifts_plan",
    "task_cancel",
    "task_create",
    "task_done",
    "tasks_cancel_for",
    "tasks_done_for",
]
