"""What a sensitive part may be read for. A closed list: "just looking" is not on it."""

from kernel.codes import CodeTable


class Purpose(CodeTable, table="read_purpose"):
    HANDLE = "handle", "办理本案", "handling this case"
    CONTACT = "contact", "联系当事人", "contacting a party"
    PROTECT = "protect", "人身安全保护", "protecting life and limb"
    CONVENE = "convene", "召集调解", "convening a session"
    SUPERVISE = "supervise", "检察或内部监督", "supervision"
    SUBJECT_REQUEST = "subject_request", "本人申请", "request of the person"
    CORRECT = "correct", "更正差错", "correcting an error"
    LAWFUL_QUERY = "lawful_query", "依法查询", "lawful query of a sealed file"
