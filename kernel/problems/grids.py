"""Codes of places, boundary releases and assignments."""

from kernel.problems import define

define("grid_has_primary", 409, "该网格在此期间已有主责网格员", "The grid has a primary worker then")
define("assignment_overlaps", 409, "该网格员在此期间已负责该网格", "The worker is in charge of the grid then")
define("not_a_grid_worker", 409, "该人员当日不是网格员", "The person is not a grid worker on that day")
define("assignment_dates_wrong", 400, "起止日期有误", "The dates of the assignment are wrong")
define("release_not_valid", 409, "边界版本未通过校验", "The release did not pass validation", law="GR-3")
define("release_day_past", 400, "生效日期不能早于今天", "Boundaries cannot come into force before today")
define("release_day_taken", 409, "同日或之后已有发布的边界", "Other boundaries begin on that day or after it")
define(
    "release_changes_nothing", 409, "与现行边界相比没有变化", "Nothing differs from the boundaries in force"
)
define("release_begun", 409, "该边界版本已生效，请使用回退", "The boundaries are in force: roll them back")
define("release_built_upon", 409, "之后另有已发布的边界版本，请先撤回", "Withdraw the later boundaries first")
define("release_not_begun", 409, "该边界版本尚未生效", "The boundaries are not in force yet")
define(
    "impact_too_long",
    409,
    "影响预览超过时限，请分区域导入后再看",
    "The preview takes longer than it may: import fewer communities at once",
)
define(
    "boundary_file_wrong",
    400,
    "上传的文件与登记的大小或摘要不符",
    "The file is not the one that was declared",
)
define("boundary_import_taken", 409, "该编号已用于另一份边界文件", "The id stands for another boundary file")
define("leave_area_incomplete", 409, "活动区域缺少边界", "A shape of the area is missing", law="CCM-26b")
define(
    "map_keys_full",
    409,
    "地图密钥数量已达上限，请先停用不用的",
    "Too many map keys: revoke one that is not used",
)
define("no_such_tile", 404, "没有该瓦片", "There is no such tile")
define("export_too_large", 409, "导出内容过多，请缩小范围", "Too much for one file: ask for less")
define("range_not_satisfiable", 416, "请求的字节范围不存在", "The content ends before that range")
define(
    "pack_not_ready",
    409,
    "离线包正在制作，请稍后再取",
    "The offline pack is being made: try again in a minute",
)
define(
    "leave_area_day_past",
    400,
    "活动区域不能早于今天生效",
    "A leave area cannot begin before today",
    law="CCM-26b",
)
define(
    "leave_area_day_taken",
    409,
    "同日或之后已有活动区域",
    "Another leave area begins then or later",
    law="CCM-26b",
)
define(
    "changes_refused",
    400,
    "区划变更表有误，未作任何变更",
    "The table has faults; nothing changed",
    law="GR-6",
)
define("change_day_ahead", 400, "变更日期过远", "The day of the change lies too far ahead")
define(
    "planned_changes_full",
    409,
    "待生效的区划变更过多，请先撤回或等待生效",
    "Too many changes wait for their day: withdraw one, or wait",
)
define("moves_refused", 400, "批量调整有误，未作任何调整", "The table has faults; nothing was moved")
define("handover_taken", 409, "该交接已由他人接收", "Somebody else has taken the hand-over")
define("own_handover", 403, "不能接收自己写的交接", "Nobody takes over from themselves")
