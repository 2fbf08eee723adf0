"""To whom a note, a document or an offer of a case is shown (plain Python).

    all_parties  every party's copy, and the centre
    one_party    that party's copy alone, and the centre
    mediators    the mediators who have the case now
    centre       the centre, and no party's copy

Caucus notes are none of these: they are a table of their own that no list, copy, search or count reads.
"""

from kernel.codes import CodeTable
from kernel.codes.roles import Role


class Visibility(CodeTable, table="mediation_visibility"):
    ALL_PARTIES = "all_parties", "各方当事人", "all parties"
    ONE_PARTY = "one_party", "仅该当事人", "one party"
    MEDIATORS = "mediators", "仅调解员", "the mediators of the case"
    CENTRE = "centre", "仅调解中心", "the centre"


class NoteKind(CodeTable, table="mediation_note_kind"):
    WORK = "work", "工作记录", "work record"
    INVESTIGATION = "investigation", "调查记录", "investigation record"
    MINUTES = "minutes", "调解笔录", "minutes of a session"
    OTHER = "other", "其他", "other"


class CaucusKind(CodeTable, table="caucus_note_kind"):
    TALK = "talk", "单独谈话", "a talk alone"
    LIMIT = "limit", "是否有限制见面的决定", "whether anything limits a meeting"


class CaucusWordKind(CodeTable, table="caucus_word"):
    """What a party may say about the notes of its talks alone."""

    KEEP = "keep", "要求保留", "keep them"
    DESTROY = "destroy", "同意销毁", "they may be destroyed"
    HAND_OVER = "hand_over", "同意新调解员阅看", "the new mediator may read them"


class DocumentKind(CodeTable, table="mediation_document_kind"):
    """The thirteen items of a committee's file (PM-F1), and what fits none."""

    APPLICATION = "application", "调解申请书或受理登记表", "application or acceptance form"
    RIGHTS_NOTICE = "rights_notice", "权利义务告知书", "rights notice"
    IDENTITY = "identity", "当事人身份证明", "identity of a party"
    MANDATE = "mandate", "委托书", "mandate"
    INVESTIGATION = "investigation", "调查记录", "investigation record"
    EVIDENCE = "evidence", "证据材料", "evidence"
    MEDIATION_RECORD = "mediation_record", "调解记录", "mediation record"
    AGREEMENT = "agreement", "调解协议书或口头协议登记表", "agreement or oral-agreement form"
    PERFORMANCE = "performance", "履行证明", "performance proof"
    FOLLOW_UP = "follow_up", "回访记录", "follow-up record"
    CONFIRMATION = "confirmation", "司法确认材料", "judicial confirmation papers"
    EXPLANATION = "explanation", "说明", "explanation"
    COVER = "cover", "卷宗封面", "cover"
    OTHER = "other", "其他", "other"


class CopyKind(CodeTable, table="dossier_copy"):
    """Which copy of a file: to whom it goes decides what stands in it."""

    COMMITTEE = "committee", "调委会卷宗", "the committee's file"
    PARTY = "party", "当事人副本", "a party's copy"
    COURT = "court", "司法确认材料", "the set for the court"
    TRANSFER = "transfer", "移送材料", "the set for a channel"


COURT_SET = frozenset(
    {DocumentKind.CONFIRMATION, DocumentKind.AGREEMENT, DocumentKind.IDENTITY, DocumentKind.EVIDENCE}
)
"""What PM-33d lists: application, agreement, identity, proof of rights; nothing said at the table."""

_BY_ROLE = {
    Role.CENTRE_CLERK: (Visibility.ALL_PARTIES, Visibility.ONE_PARTY, Visibility.CENTRE),
    Role.CENTRE_DIRECTOR: (Visibility.ALL_PARTIES, Visibility.ONE_PARTY, Visibility.CENTRE),
    Role.MEDIATOR: tuple(Visibility),
}


def shown_to_role(role: Role | None) -> tuple[Visibility, ...]:
    """What somebody at the centre sees of a case that exists for them; a mediator: of the own cases."""
    return _BY_ROLE.get(role, ()) if role else ()
