"""Writes of tasks: one function an act, keyword-only, each with its audit row."""

from tasks.services.duty import Planned, shift_cancel, shift_hand_over, shift_take_over, shifts_plan
from tasks.services.handing import hand_over_absent, hand_over_take, hand_over_write
from tasks.services.paper import Paper, paper_compare, paper_entered
from tasks.services.todo import About, task_cancel, task_create, task_done, tasks_cancel_for, tasks_done_for

__all__ = [
    "About",
    "Paper",
    "Planned",
    "hand_over_absent",
    "hand_over_take",
    "hand_over_write",
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
