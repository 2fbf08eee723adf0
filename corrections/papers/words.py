"""Words that several forms share: who signs, and what the person may do about a decision."""

from corrections.decisions import remedies

WAYS = "；".join(f"{way.zh}（{way.phone}）" if way.phone else way.zh for way in remedies())
REMEDY = (
    f"对本决定不服的，可以：{WAYS}。过了期限提出的异议仍予受理。"
    "提出异议不影响您的其他权利，任何人不得打击报复。"
)
OFFICER, DECIDER, RECEIVED = "承办人", "决定人（盖章）", "本人签收"
GUARDIAN = "监护人（未成年人）"
