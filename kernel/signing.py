"""What a deputy 代理 may sign: named when the deputy is appointed, asked at each act that is a signature."""

from kernel.codes import CodeTable


class Signing(CodeTable):
    """Acts that a head or an officer signs for. What is not here is ordinary work of the role."""

    LEAVE = "leave", "外出和许可审批", "leave and permits"
    DECISION = "decision", "考核奖惩和异议", "rewards, sanctions and objections"
    SEARCH = "search", "核查查找", "reviews and searches"
    POSITIONING = "positioning", "电子定位", "electronic positioning"
    PLACE = "place", "执行地变更", "change of the place of execution"
    ENDING = "ending", "解除终止和移交", "ends of corrections and hand-over"
    MEDICAL = "medical", "报告期限延长", "terms of health and review reports"
    REPLY = "reply", "检察意见回复", "replies to the procuratorate"
    LIMIT = "limit", "禁止令、接触限制和进入许可", "injunctions, contact limits, permission to enter"
    ASSESSMENT = "assessment", "调查评估", "pre-sentence assessments"
    ENTRUST = "entrust", "委托司法所", "entrusting a station"
    CENTRE = (
        "centre",
        "调解中心指派、会办和仅主任可办事项",
        "assigning, joint handling and what only the head of the centre may do",
    )
