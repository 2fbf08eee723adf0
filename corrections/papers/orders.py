"""Forms of single orders: back from a leave, the end of positioning, and what a station is entrusted with."""

from corrections.papers.lines import Layout, Line
from corrections.papers.words import DECIDER, GUARDIAN, OFFICER, RECEIVED, REMEDY
from corrections.positioning import LiftReason

RETURN_NOTICE = Layout(
    "责令返回通知书",
    (
        Line("destination", "外出目的地"),
        Line("span", "原批准的起止时间"),
        Line("because", "责令返回的理由", 4),
        Line("ordered", "作出日期"),
        Line("back_by", "应当返回的期限"),
        Line("told", "通知本人"),
    ),
    (OFFICER, RECEIVED, GUARDIAN),
    opening="请在期限前返回，并及时报告、销假。因疾病、交通等原因不能按时返回的，请立即说明，如实记录。",
    note=REMEDY,
)
POSITIONING_LIFTED = Layout(
    "解除使用电子定位装置决定（告知）书",
    (
        Line("term", "原决定的起止日期"),
        Line("ground", "原法定情形"),
        Line("why", "解除原因", 1, tuple(reason.zh for reason in LiftReason)),
        Line("because", "理由", 3),
        Line("over", "解除时间"),
        Line("device", "装置（取下、收回情况）", 2),
    ),
    (DECIDER, RECEIVED, GUARDIAN),
    opening="自解除之时起不再采集定位信息，装置随即取下，不需要本人申请，不收取费用。",
    note=REMEDY,
)
DELEGATION = Layout(
    "社区矫正委托书",
    (
        Line("agency", "委托机构"),
        Line("number", "文书号"),
        Line("term", "委托期限"),
        Line("taken_back", "收回情况"),
    ),
    ("委托机构（盖章）", "受委托司法所（盖章）"),
    plain="受委托司法所",
    opening=(
        "委托司法所在委托期限内，依法审批社区矫正对象七日以内的外出，并报委托机构备案；"
        "每次审批以作出决定之日委托有效为准。"
    ),
    note="超过七日的外出、考核奖惩、电子定位由社区矫正机构依法决定，不在委托范围内。",
)
