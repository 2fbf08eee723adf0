"""Personal fields of leave, searches, files and limits (see `privacy_register.py`)."""

from corrections.access import READERS
from corrections.machine import AGENCY, STAFF
from privacy.register import Kept, Sensitivity, Whose, enter

enter(
    "corrections.Leave", ["reason_text", "destination"], whose=Whose.SUPERVISED,
    purpose="外出事由和目的地 why and where to leave is asked for", basis=["CCL-27a", "CCM-26a"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=READERS, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.Leave", ["proof"], whose=Whose.SUPERVISED,
    purpose="外出的证明材料 which papers came with an application for leave", basis=["CCM-27a"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=READERS, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.LeaveDecision", ["text"], whose=Whose.SUPERVISED,
    purpose="审批意见 the reasons of a decision about leave", basis=["CCL-27a", "CCM-27c"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=READERS, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.LeaveNotice", ["note"], whose=Whose.SUPERVISED,
    purpose="告知备案情况 how a notice about leave went out", basis=["CCM-27c", "CCM-28"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=READERS, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.Permit", ["details"], whose=Whose.SUPERVISED,
    purpose="经常性跨市县活动的事由、地点、时间 why, where and when regular trips are made", basis=["CCM-29"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=READERS, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.Search", ["reason", "place", "told"], whose=Whose.SUPERVISED,
    purpose="核查查找的理由和结果 why somebody was searched, where found, and the reason as told",
    basis=["CCL-30", "CCM-38"], sensitivity=Sensitivity.SENSITIVE, seen_by=READERS, kept=Kept.TERM,
)  # fmt: skip
for row in ("SearchEntry", "DayCount"):
    enter(
        f"corrections.{row}", ["note"], whose=Whose.SUPERVISED,
        purpose="查找记录和天数说明 notes of a search, and of days as they were counted",
        basis=["CCM-34", "CCM-38"], sensitivity=Sensitivity.SENSITIVE, seen_by=READERS, kept=Kept.TERM,
    )  # fmt: skip
enter(
    "corrections.Reception", ["witness"], whose=Whose.NAMED,
    purpose="拒签见证人 who witnessed a refusal to sign", basis=["CCL-22"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=[], kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.FileItem", ["title"], whose=Whose.SUPERVISED,
    purpose="档案目录 the index of the files", basis=["CCM-18"], sensitivity=Sensitivity.SENSITIVE,
    seen_by=READERS, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.Limit", ["text"], whose=Whose.SUPERVISED,
    purpose="禁止令和接触限制，仅矫正机构可读 injunctions and contact limits, the agency's alone",
    basis=["CCM-25"], sensitivity=Sensitivity.SENSITIVE, seen_by=AGENCY, kept=Kept.TERM,
)  # fmt: skip
for model, fields in (
    ("Assessment", ["person_name", "id_number", "reach", "opinion"]), ("AssessmentVisit", ["note"]),
):  # fmt: skip
    enter(
        f"corrections.{model}", fields, whose=Whose.NAMED,
        purpose="调查评估，仅限承办所和矫正机构 an assessment, of station and agency alone",
        basis=["CCM-14"], sensitivity=Sensitivity.SENSITIVE, seen_by=STAFF, kept=Kept.CASE,
    )  # fmt: skip
enter(
    "corrections.EntryPermission", ["place", "reason"], whose=Whose.SUPERVISED,
    purpose="进入特定区域场所的申请，仅矫正机构可读 where and why to enter, the agency's alone",
    basis=["CCM-39"], sensitivity=Sensitivity.SENSITIVE, seen_by=AGENCY, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.Evaluation", ["text"], whose=Whose.SUPERVISED,
    purpose="考核评估，调整方案的依据 what is found about a period, on which the next plan rests",
    basis=["CCM-22"], sensitivity=Sensitivity.SENSITIVE, seen_by=READERS, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.Plan", ["why"], whose=Whose.SUPERVISED,
    purpose="调整方案的理由 why a plan replaces the one before", basis=["CCM-22"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=READERS, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.Plan", ["class_code"], whose=Whose.SUPERVISED,
    purpose="分类管理的类别，由工作人员确定 the class of supervision, by an officer's word", basis=["CCM-21"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=READERS, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.Plan", ["education"], whose=Whose.SUPERVISED,
    purpose="就学情况，保障义务教育 how somebody young stands with school", basis=["CCL-55"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=READERS, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.CourtFact", ["lawyer"], whose=Whose.NAMED,
    purpose="法院听取意见时的律师 who spoke for the person before the court", basis=["CCL-46/48"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=READERS, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.MedicalReport", ["hospital", "finding"], whose=Whose.SUPERVISED,
    purpose="身体情况和病情复查，仅限暂予监外执行 health and review reports, of 暂予监外执行 alone",
    basis=["CCM-24b", "PI-28"], sensitivity=Sensitivity.SENSITIVE, seen_by=READERS, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.ReportLengthening", ["reason"], whose=Whose.SUPERVISED,
    purpose="延长报告期限的理由 why a report may come later", basis=["CCM-24b"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=READERS, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.Aftercare", ["wishes"], whose=Whose.SUPERVISED,
    purpose="自愿的安置帮教意愿 what the person wants help with after release", basis=["CCM-53"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=READERS, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.PeriodicReport", ["law_abiding", "supervision", "study", "public_benefit", "social"],
    whose=Whose.SUPERVISED, purpose="定期报告的五项内容 what a person reports periodically",
    basis=["CCM-24a"], sensitivity=Sensitivity.SENSITIVE, seen_by=READERS, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.TimelyReport", ["text"], whose=Whose.SUPERVISED,
    purpose="及时报告的事项 an event that a person told of", basis=["CCM-24a"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=READERS, kept=Kept.TERM,
)  # fmt: skip
