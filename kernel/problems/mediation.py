"""Codes of the mediation centre."""

from kernel.problems import define

define("consents_missing", 409, "尚有当事人未同意，不得受理", "A party's consent is missing", law="PM-17")
define("ways_notice_required", 409, "须告知其他途径", "The other ways must be told", law="PM-26")
define(
    "protected_offer_refused",
    409,
    "保护处理：须先单独听取受害风险一方意愿，并由主任说明理由",
    "Protected track: first the free wish of the person at risk, heard alone, and the director's reason",
    law="DV-23",
)
define("party_not_of_case", 400, "该当事人不属于本案", "This party does not belong to the case")
define("too_few_parties", 400, "调解至少需要两方当事人", "Mediation takes at least two parties")
define(
    "committee_missing",
    409,
    "本街道没有可受理的人民调解委员会",
    "No mediation committee is there for this street",
)
define("intake_open_already", 409, "该纠纷已有调解案件在办", "A mediation case of this dispute is open")
define(
    "withdrawal_too_late",
    409,
    "协议已生效，可依法向法院起诉",
    "The agreement is in effect; a court may be asked",
    law="PM-32",
)
define("accepted_before_receipt", 400, "受理日期早于收件日期", "Accepted before the receipt")
define("mediator_unknown", 400, "不在本调委会调解员名册", "Not in the register of this committee")
define(
    "mediator_not_available",
    409,
    "该调解员不能参加本案",
    "Not available for this case",
    law="PM-AV",
)
define(
    "namesake_unknown",
    400,
    "该人员与调解员申报的姓名不同，无需核实",
    "Nobody of that name was named by this mediator",
    law="PM-AV",
)
define("mediator_registered", 409, "已在名册内", "Already in the register")
define("mandate_missing", 409, "没有有效的授权委托", "No mandate that holds on that day")
define("guardian_missing", 409, "须由监护人表示同意", "The guardian has to say it", law="PI-31")
define("child_not_heard", 409, "须先听取未成年人本人意见", "The child has to be heard first", law="PI-31")
define("guardian_not_needed", 409, "该当事人不需要监护人", "This party has no need of a guardian")
define(
    "guardian_unfit",
    409,
    "该人不宜担任监护人：可由其他监护人、居（村）民委员会或民政部门担任",
    "Not fit as guardian here: another guardian, the committee of the place, or civil affairs",
)
define("participant_of_other_side", 409, "该人属于对方当事人一方", "This person is of the other side")
define(
    "participant_maybe_other_side",
    409,
    "与对方一方人员同名：请核实是否同一人",
    "A namesake stands on the other side: say whether this is somebody else",
)
define("participant_not_of_case", 400, "该人员不属于本案", "This person does not take part in the case")
define("helper_not_needed", 409, "该当事人未提出需要协助人", "This party has not asked for a helper")
define(
    "read_aloud_required",
    400,
    "须有人当面宣读并有见证人在场",
    "It is read aloud by somebody in the presence of a witness",
)
define(
    "not_tried_enough",
    409,
    "须在两天内以两种方式联系，并邮寄通知",
    "Two ways on two days and a slip by post come first",
)
define(
    "contact_not_wished", 409, "受害风险一方不希望联系", "The person at risk does not wish it", law="DV-23"
)
define("review_not_ahead", 400, "复查日期须在今天之后", "The review date lies ahead")
define("resumed_before_pause", 400, "恢复日期早于中止日期", "Resumed before it was suspended")
define("time_not_over", 409, "调解期限尚未届满", "The time is not over", law="PM-T2")
define(
    "extension_not_asked",
    409,
    "尚未征询各方是否延期",
    "The parties were not yet asked for more time",
    law="PM-T2",
)
define("date_in_future", 400, "日期不能晚于今天", "The date lies in the future")
define("case_not_at_table", 409, "案件不在调解中", "The case is not at the table")
define(
    "joint_not_wished",
    409,
    "保护处理：未经受害风险一方单独表示愿意并由主任说明理由，不得共同调解",
    "Protected track: never joint without the wish of the person at risk and the director's reason",
    law="DV-23",
)
define("separate_sessions_only", 409, "本案只能单独调解", "In this case sessions are separate")
define(
    "public_not_agreed",
    409,
    "未经全体当事人同意，不得公开",
    "Public only if every party wants it",
    law="PM-29b",
)
define(
    "alone_question_owed",
    409,
    "共同调解前，须单独询问每一方当事人",
    "Before a joint session each party is asked alone",
)
define(
    "session_people_missing",
    409,
    "缺少必须到场的人员，不得开始",
    "Somebody without whom the session cannot begin is missing",
    law="PM-19",
)
define("session_in_the_past", 400, "时间已过", "The time lies in the past")
define(
    "mediator_required",
    409,
    "本案尚未确定调解员，不能达成调解协议",
    "Nobody has been named to mediate: there is no agreement yet",
    law="PM-19",
)
define(
    "session_room_taken",
    409,
    "该调解室在这段时间已有安排",
    "The room is taken at that time",
)
define(
    "session_mediator_busy",
    409,
    "本案或本案调解员在这段时间已有调解会；确需安排的，请说明理由（despite）",
    "The case or its mediator has another session at that time; say why it is planned all the same (despite)",
)
define("session_not_open", 409, "该调解会已结束或取消", "The session was held or cancelled")
define(
    "notice_too_early",
    409,
    "请在可以联系的时间内通知",
    "People are called upon in the allowed hours only",
)
define(
    "participant_not_agreed",
    409,
    "未经全体当事人同意，不得参加",
    "Not with every party's consent",
    law="PM-20",
)
define("offer_expired", 409, "方案已过期", "The offer has expired")
define("offer_not_addressed", 409, "该方案不是向此当事人提出的", "The offer was not made to this party")
define("offer_not_passed_on", 409, "方案尚未转达", "The offer has not been passed on")
define("offer_answers_missing", 409, "尚有当事人未答复", "Some party has not answered yet")
define(
    "caucus_locked",
    409,
    "已更换调解员，单独谈话记录已封存",
    "Locked since the mediator was replaced",
    law="PM-15",
)
define("feed_keys_full", 409, "日历订阅已达上限", "No more calendar feeds")
define("document_uploaded_already", 409, "该材料已上传", "The document has its picture already")
define("document_too_large", 413, "文件过大", "The file is too large")
define(
    "number_not_reserved", 409, "该编号不在预留号段内或已使用", "This number is not reserved, or it is used"
)
define(
    "number_out_of_order",
    409,
    "预留编号须按顺序登记，未用的须先说明作废",
    "Reserved numbers are filled in order; an unused one is first declared void",
    law="PM-F2",
)
define("number_year", 400, "只能预留本年度或下一年度的编号", "Numbers are reserved for this year or the next")
define("form_not_numbered", 409, "该文书不使用编号", "This form carries no number")
define(
    "transfer_not_agreed",
    409,
    "移送材料须先有当事人的同意",
    "A transfer set needs the word of the party whose matter it is",
    law="PM-3",
)
define(
    "paper_not_for_court",
    409,
    "只能选择该当事人自己提交的、法院需要的材料",
    "Only papers of this party that the court asks for",
    law="PM-33d",
)

define(
    "channel_not_open",
    409,
    "此渠道不适用于本纠纷，理由见正文",
    "This channel is not open for the matter; the reason is in the body",
    law="PM-3",
)
define("referral_fields_missing", 400, "转介材料缺少必填项", "Required fields of the channel are missing")
define(
    "told_before_taken_back",
    400,
    "告知日期早于当事人撤回的日期",
    "The channel cannot have been told before the party took it back",
    law="PI-13/14",
)
