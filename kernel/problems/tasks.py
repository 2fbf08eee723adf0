"""Codes of tasks."""

from kernel.problems import define

define(
    "duty_not_listed",
    409,
    "该任务类型不在网格事项清单内",
    "This kind of task is not on the list of duties of the grid",
    law="GR-8",
)
