"""Codes of privacy."""

from kernel.problems import define

define(
    "share_basis_unknown",
    400,
    "提供依据不是登记的法律依据",
    "The basis is not a row of the law",
    law="CCL-5",
)
define(
    "share_incomplete",
    400,
    "缺少提供目的、对象或字段",
    "Purpose, recipient or fields are missing",
    law="ND-12",
)
define(
    "processing_off",
    409,
    "未完成个人信息保护影响评估，该处理活动未开启",
    "No impact assessment in force: this processing is off",
    law="PI-55/56",
)
define("assessment_dates_wrong", 400, "评估有效期有误", "The assessment ends before it begins")
define("assessment_withdrawn", 409, "该评估已撤回", "The assessment was withdrawn already")
