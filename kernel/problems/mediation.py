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
define("mediator_unknown", 400, "不是本调委会或中心的调解员", "Not a mediator of this committee or centre")
define("date_in_future", 400, "日期不能晚于今天", "The date lies in the future")
