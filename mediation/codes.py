"""Code tables of the people at the table and their words. (States, steps and answers: `machine.py`.)"""

from kernel.codes import CodeTable


class Initiation(CodeTable, table="mediation_initiation"):
    """How a case came to the committee (PM-17)."""

    APPLICATION = "application", "依申请", "on application"
    PROACTIVE = "proactive", "主动调解", "proactively"
    TRANSFER = "transfer", "移送", "handed over by an authority"
    COURT = "court", "法院委派委托", "by a court"


class WordForm(CodeTable, table="word_form"):
    """How somebody's word is on record."""

    ORAL = "oral", "口头", "oral"
    WRITTEN = "written", "书面", "written"
    FINGERPRINT = "fingerprint", "指印", "fingerprint"


class NoticeWay(CodeTable, table="rights_notice_way"):
    """How the rights notice was given (PM-30b)."""

    READ_OUT = "read_out", "当面宣读", "read out"
    HANDED = "handed", "当面交付", "handed over"
    POST = "post", "邮寄", "by post"


class PartyNeed(CodeTable, table="party_need"):
    """What a party needs at the table. It says what is to be done, never why."""

    READ_ALOUD = "read_aloud", "文书需宣读", "papers are read aloud"
    INTERPRETER = "interpreter", "需要翻译", "an interpreter"
    SIGN_LANGUAGE = "sign_language", "需要手语翻译", "sign language"
    HELPER = "helper", "需要本人选定的协助人", "a helper of own choice"


class PersonKind(CodeTable, table="case_person"):
    """Who takes part in a case beside the parties. (Who joins one session: `session_rules`.)"""

    AGENT = "agent", "代理人", "agent with mandate"
    GUARDIAN = "guardian", "监护人", "guardian"
    INTERPRETER = "interpreter", "翻译", "interpreter"
    SIGN_INTERPRETER = "sign_interpreter", "手语翻译", "sign-language interpreter"
    HELPER = "helper", "协助人", "helper of own choice"


OF_A_PARTY = frozenset(
    {PersonKind.AGENT, PersonKind.GUARDIAN, PersonKind.HELPER},
)
"""They stand beside one party; the others are there for everybody, if everybody agrees."""
ONLY_IF_ALL_AGREE = frozenset(set(PersonKind) - OF_A_PARTY)


class GuardianBasis(CodeTable, table="guardian_basis"):
    """Who acts when a parent cannot: another guardian, the committee of the place, or civil affairs."""

    PARENT = "parent", "父母", "parent"
    OTHER = "other", "其他监护人", "another guardian"
    COMMITTEE = "committee", "居民委员会、村民委员会", "residents' or villagers' committee"
    CIVIL_AFFAIRS = "civil_affairs", "民政部门", "civil affairs"


class MediatorKind(CodeTable, table="mediator_kind"):
    """PM-13/14."""

    MEMBER = "member", "调委会委员", "member of the committee"
    HIRED = "hired", "聘任", "hired"


class Relation(CodeTable, table="mediator_relation"):
    """Whom a mediator has named for the conflict check."""

    SELF = "self", "本人", "the mediator"
    FAMILY = "family", "近亲属", "close family"
    INTEREST = "interest", "利害关系人", "somebody with whom an interest is shared"


class Declaration(CodeTable, table="conflict_declaration"):
    """PM-AV: what a mediator signs before sitting."""

    NONE = "none", "无应当回避的情形", "no conflict"
    CONFLICT = "conflict", "有应当回避的情形", "a conflict"


class ReplaceReason(CodeTable, table="mediator_replaced"):
    PARTY = "party", "当事人要求更换", "a party asked for it"
    CONFLICT = "conflict", "回避", "a conflict"
    ABSENCE = "absence", "缺席未交接", "absent without a hand-over"
    REGISTER = "register", "不再在册", "no longer in the register"
    DIRECTOR = "director", "主任调整", "by the director"


NOT_AGAIN = frozenset({ReplaceReason.PARTY, ReplaceReason.CONFLICT})
"""Replaced for one of these, a mediator does not come back to the case."""


class Heard(CodeTable, table="mediator_answer"):
    """What a party said of a mediator whom it was told (PM-19, PM-23)."""

    TOLD = "told", "已告知", "told"
    ACCEPTED = "accepted", "接受", "accepted"
    OBJECTED = "objected", "不接受", "objected"


class ReachWay(CodeTable, table="reach_way"):
    PHONE = "phone", "电话", "by phone"
    MESSAGE = "message", "短信", "by message"
    VISIT = "visit", "上门", "a visit"
    WORKER = "worker", "网格员捎带", "a worker brought it"
    POST = "post", "邮寄（无标识信封）", "a slip by post in a neutral envelope"


class ReachResult(CodeTable, table="reach_result"):
    NO_ANSWER = "no_answer", "无人应答", "no answer"
    NOT_THERE = "not_there", "人不在", "not there"
    WRONG = "wrong", "号码或地址不对", "wrong number or address"
    RETURNED = "returned", "被退回", "returned"
    SENT = "sent", "已寄出", "sent, no answer yet"
    REACHED = "reached", "已联系上", "reached"


class SuspendReason(CodeTable, table="suspend_reason"):
    APPRAISAL = "appraisal", "鉴定", "appraisal"
    ILLNESS = "illness", "疾病", "illness"
    ABSENCE = "absence", "当事人不在", "absence"
    INHERITANCE = "inheritance", "等待继承人", "inheritance"
    OTHER_PROCEEDING = "other_proceeding", "等待另一程序", "another proceeding"


class FailReason(CodeTable, table="fail_reason"):
    NO_AGREEMENT = "no_agreement", "未达成协议", "no agreement"
    TIME_OVER = "time_over", "期限届满", "time over"
    UNREACHABLE = "unreachable", "无法联系当事人", "a party cannot be reached"
    PARTY_DIED = "party_died", "当事人死亡且无人承继", "a party died and no successor joins"
    OTHER_WAY = "other_way", "改走其他途径", "went another way"


class Lack(CodeTable, table="session_lack"):
    """What stands between a case and a session on a day."""

    MEDIATOR = "mediator_missing", "没有调解员", "no mediator"
    MEDIATOR_AWAY = "mediator_unavailable", "调解员当日不能参加", "a mediator cannot sit on that day"
    DECLARATION = "declaration_missing", "调解员未作回避声明", "a mediator's conflict declaration"
    NOT_TOLD = "mediator_not_told", "未告知调解员人选", "a party was not told of a mediator"
    NAMESAKE = "namesake_undecided", "同名待核实（回避审查）", "a namesake that a person has to look at"
    RIGHTS_NOTICE = "rights_notice_missing", "未告知权利义务", "a party's rights notice"
    CONSENT = "consent_missing", "缺少当事人同意", "a party's consent"
    GUARDIAN = "guardian_missing", "缺少监护人", "a guardian"
    MANDATE = "mandate_missing", "代理人授权缺失或已过期", "a mandate that holds on that day"
    INTERPRETER = "interpreter_missing", "缺少翻译", "an interpreter"
    PARTICIPANT = "participant_consent_missing", "有当事人未同意该人员参加", "a party's consent to somebody"
