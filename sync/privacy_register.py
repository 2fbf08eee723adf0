"""What arrives from phones is sealed as a whole: under the person's key, or the phone's until that is
known.
"""

from kernel.codes.roles import Role
from privacy.register import Kept, Sensitivity, Whose, enter

enter(
    "sync.Inbox", ["body"], whose=Whose.PARTY,
    purpose="上传凭证 evidence of what a phone sent", basis=["CS-23"], sensitivity=Sensitivity.SENSITIVE,
    seen_by=[], kept=Kept.EVIDENCE,
)  # fmt: skip
enter(
    "sync.File", ["name"], whose=Whose.PARTY,
    purpose="附件名称 the name a phone gave to a file", basis=["CS-23"], sensitivity=Sensitivity.SENSITIVE,
    seen_by=Role, kept=Kept.CASE,
)  # fmt: skip
enter(
    "sync.Row", ["payload"], whose=Whose.PARTY,
    purpose="下发记录 records ready for phones; sensitive values stand sealed in them", basis=["CS-23"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=[], kept=Kept.CASE,
)  # fmt: skip
