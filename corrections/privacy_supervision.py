"""Personal fields of leave, searches, files and limits (see `privacy_register.py`)."""

from corrections.access import READERS
from corrections.machine import AGENCY
from privacy.register import Kept, Sensitivity, Whose, enter

enter(
    "corrections.Leave", ["reason_text", "destination"], whose=Whose.SUPERVISED,
    purpose="外出事由和目的地 why and where to leave is asked for", basis=["CCL-27a", "CCM-26a"],
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
