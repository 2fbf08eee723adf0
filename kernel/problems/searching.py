"""Codes of reviews and searches."""

from kernel.problems import define

define("search_needs_reason", 409, "须写明理由", "A reason in words is required", law="CCL-30")
define("search_end_incomplete", 409, "查找结果不完整", "What this ending needs is not there", law="CCM-38")
