"""Codes of the offline engine. Those of status 422 stand inside the answer of a push, one for each item."""

from kernel.problems import define

define(
    "resync",
    410,
    "同步位置已失效，请重新下载；未发送的记录保留",
    "Start from an empty cursor; keep unsent records",
)
define(
    "restoring",
    503,
    "数据库恢复中，请稍后再试；记录留在本机",
    "The database was restored and is being made ready; keep the records and come again",
)
define(
    "app_too_old",
    426,
    "应用版本过低，请升级；记录仍可上传",
    "The app is too old: update it; its records are still taken",
)
define(
    "one_at_a_time",
    429,
    "本设备的上一个请求尚未完成，请稍后再试",
    "This device's last request is still running; come again",
)
define("limit_too_large", 400, "每页条数超过上限", "The page asked for is larger than the maximum")
define("unknown_kind", 400, "未知的记录类型", "No such kind of record")
define("unknown_schema", 400, "未知的协议版本", "No such schema version")
define("push_too_large", 413, "一次上传的内容过多，请分批发送", "Too much in one push; send it in parts")
define(
    "intake_full",
    429,
    "本设备今日上传量已达上限，记录请留在本机",
    "This device's share of the day is used; keep the records",
)

define(
    "signature_invalid",
    400,
    "设备签名与内容不符，请原样重新发送",
    "The device's signature does not fit what arrived; send it again unchanged",
)
define(
    "signature_required",
    422,
    "该类记录须由设备签名，待人工确认",
    "Records of this kind carry the device's signature; a person decides",
)
define(
    "row_id_not_uuid",
    400,
    "记录编号须为 UUID，本次未接收任何记录",
    "Rows need UUIDs as ids (set the client's id generator); nothing of this push was taken",
)

define("op_not_supported", 422, "该类记录不支持此操作", "This kind of record does not take this operation")
define("kind_not_pushed", 422, "该类记录不能由手机提交", "Phones do not push this kind of record")
define("item_invalid", 422, "记录格式有误", "The item is malformed")
define("data_invalid", 422, "记录内容未通过校验", "The content of the record did not pass validation")
define(
    "text_refused",
    422,
    "文字中含有不允许的字符或过长",
    "A text is too long or has refused characters",
)
define("target_mismatch", 422, "新建记录的编号须与提交编号一致", "A new record has the id of its item")
define(
    "push_not_allowed", 422, "当前角色不能提交该类记录", "The active role may not push this kind of record"
)
define(
    "device_time_future",
    422,
    "手机时间超前，待人工确认",
    "The device time lies in the future; a person decides",
)
define("device_time_old", 422, "记录时间过早，待人工确认", "The record is too old; a person decides")
define(
    "device_lost",
    422,
    "设备已报失，待人工确认",
    "The device was reported lost before this arrived; a person decides",
)
define(
    "id_reused", 422, "提交编号已被使用，待人工确认", "The id of the item was used before; a person decides"
)
define(
    "not_storable",
    422,
    "记录暂不能入库，已留存待人工处理",
    "The record could not be stored; it is kept for a person",
)
define(
    "target_required", 422, "须指明所修改的记录", "Say which record it is about; an item has an id of its own"
)
define(
    "base_rev_required", 422, "须指明修改所依据的版本", "Say the revision that the amendment was made from"
)
define("command_unknown", 422, "没有这种指令", "No such command of this kind")
define("target_unknown", 404, "没有该记录", "No such record")
define(
    "waits_for_record",
    422,
    "等待同一手机先前的记录到达",
    "It waits for a record that the same phone made before",
)
define(
    "waits_for_version",
    422,
    "等待同一手机先前的修改到达",
    "It waits for an edit that the same phone made before",
)
define(
    "changed_meanwhile",
    409,
    "他人已修改同一内容，待人工确认",
    "Somebody else changed the same meanwhile; a person decides",
)
define(
    "came_late",
    422,
    "较晚的修改已先入库，本条存入历史",
    "A later edit of the same phone stands already; this one is kept in the history",
)
define(
    "forced",
    422,
    "等待超时，先行入库并作标记",
    "Taken after a set time without what it was made from, and marked",
)
define("not_in_conflict", 409, "该记录没有待解决的冲突", "The item is in no conflict")
define("not_waiting", 409, "该记录不在等待处理", "The item is neither held nor in quarantine")
define("choice_not_possible", 400, "该记录不能这样处理", "This kind of item cannot be settled in that way")
define(
    "still_not_possible",
    409,
    "仍不能入库，原因见代码",
    "It still cannot be taken; the code of the item says why",
)
define("resolved_theirs", 422, "经人工确认，保留他人的内容", "A person has chosen what somebody else wrote")
define("resolved_other", 422, "经人工确认，采用另一内容", "A person has chosen another wording")
define("rejected_by_person", 422, "经人工确认，不予采用", "A person has refused it")
define("not_readable", 422, "内容已无法读取", "Its content cannot be opened any more")
define(
    "amend_elsewhere",
    422,
    "修改不能改变所属网格，请新建更正记录",
    "An amendment stays in its grid; correct it by a new record",
)
define("not_yours_to_amend", 422, "只能修改本人的记录", "Only its author amends a record")
