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
define("seal_key_missing", 409, "尚未生成封存密钥", "There is no seal key yet", law="MI-SEAL")
define("seal_key_exists", 409, "已有在用的封存密钥", "A seal key is in use already", law="MI-SEAL")
define(
    "seal_half_unreadable", 400, "密钥分片抄录有误", "A half of the seal key was typed wrongly", law="MI-SEAL"
)
define("seal_halves_wrong", 409, "两个分片不能启封", "These two halves do not open it", law="MI-SEAL")
define(
    "seal_basis_unknown",
    400,
    "该条款不能作为封存依据",
    "This row of the law is no ground of a seal",
    law="MI-SEAL",
)
define("not_to_be_sealed", 409, "该档案不属于应当封存", "This record is not one to be sealed", law="MI-SEAL")
define("second_person_same", 409, "须由另一人签署", "Another person has to sign", law="PI-51")
define(
    "query_not_open", 409, "该查询未启封或已到时", "The query is not open, or its time is over", law="MI-SEAL"
)
define(
    "query_scope_unknown",
    400,
    "查询范围不在可查字段内",
    "The scope names what cannot be asked for",
    law="MI-SEAL",
)
define("retention_running", 409, "保存期限未满", "The retention is not over", law="PI-19/47")
define(
    "destruction_held",
    409,
    "清册中有档案尚有投诉、查询或请求未了结，须取消清册后重拟",
    "Something about a record of the list still goes on; cancel the list, a later one leaves it out",
    law="PI-19/47",
)
define(
    "seal_query_open",
    409,
    "该档案正在依法查询，须先答复",
    "The file stands open for a lawful query, which is answered first",
    law="MI-SEAL",
)
define("authority_not_told", 409, "尚未报告主管部门", "The authority has not been told yet", law="PI-57")
define("consent_in_force", 409, "该目的的同意仍然有效", "A consent for this purpose is in force already")
define("consent_withdrawn", 409, "该同意已撤回", "The consent was withdrawn already", law="PI-13/14")
define(
    "consent_not_asked",
    409,
    "该事项不以在此登记的同意为依据",
    "Nothing rests on a consent written down here",
    law="PI-13/14",
)
define("consent_not_withdrawn", 409, "该同意尚未撤回", "The consent is still in force", law="PI-13/14")
define("kept_by_duty", 409, "依法应当保存，不得清除", "The law orders to keep it", law="PI-19/47")
define(
    "consent_erasure_incomplete",
    409,
    "仅以该同意为依据的内容须全部清除",
    "All that rested on the consent alone has to be named",
    law="PI-13/14",
)
define("no_consent", 409, "未取得同意或同意已撤回", "No consent is in force for this purpose", law="PI-13/14")
define(
    "own_location_withdrawn",
    409,
    "本人已撤回定位同意，不得提交位置",
    "The author took back the consent to the own location",
    law="PI-29/30",
)
define("notice_version_taken", 409, "该版本已存在", "This version exists already")
define("own_glass", 409, "不得复核本人的紧急查阅", "Another person looks at what you opened", law="PI-51")
define("glass_reviewed", 409, "已复核", "It was looked at already")
