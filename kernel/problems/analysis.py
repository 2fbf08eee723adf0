"""Codes of statistics."""

from kernel.problems import define

define(
    "period_not_published",
    404,
    "统计只按已结束的月份或年份公布，例如 2026-10 或 2025",
    "Statistics are made for closed months and closed years, such as 2026-10 or 2025",
    law="PM-ST",
)
