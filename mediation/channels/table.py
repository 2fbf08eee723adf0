"""The seven channels of referral 转介 as one table: what each is in plain words, the fields of its paper,
what of a mediation file may go there, its terms as information, and what the share log calls it. Plain
Python.

Everything that knows something of a channel reads it here: the router and the clocks beside this file, the
printed page, the referral and its fields, the set that goes there.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kernel.codes import CodeTable
from kernel.law import law
from mediation.visibility import DocumentKind


class Channel(CodeTable, table="referral_channel"):
    """转介途径: where a party may take the matter."""

    REVIEW = "review", "行政复议", "administrative review"
    ARBITRATION = "arbitration", "仲裁", "arbitration"
    LABOUR_ARBITRATION = "labour_arbitration", "劳动争议仲裁", "labour arbitration"
    NOTARY = "notary", "公证", "notary"
    LEGAL_AID = "legal_aid", "法律援助", "legal aid"
    COURT = "court", "诉讼", "court"
    PETITION = "petition", "信访", "petition"


class MeansExempt(CodeTable, table="means_exempt_reason"):
    """LA-31/42: why means are not looked at, as the applicant says it. No bank data is asked for."""

    DOMESTIC_VIOLENCE = (
        "domestic_violence",
        "遭受家庭暴力（不审查经济状况）",
        "domestic violence, no means test",
    )
    GOOD_SAMARITAN = "good_samaritan", "见义勇为（不审查经济状况）", "good samaritan, no means test"
    MINOR = "minor", "无固定收入的未成年人", "a minor without income"
    OLD = "old", "无固定收入的老年人", "an old person without income"
    DISABLED = "disabled", "无固定收入的残疾人", "a disabled person without income"
    ASSISTANCE = "assistance", "社会救助对象", "receives social assistance"
    MIGRANT_WORKER = "migrant_worker", "农民工请求劳动报酬或工伤待遇", "migrant worker, wages or injury"


class Part(CodeTable, table="referral_part"):
    """What of a mediation file a set may give, each by the party's own word."""

    APPLICATION = "application", "调解申请书", "the application for mediation"
    AGREEMENT = "agreement", "调解协议", "the agreement"
    WAYS_NOTICE = "ways_notice", "终止调解（不予受理）告知书", "the notice of other ways"
    IDENTITY = "identity", "证件号码和身份证明", "ID number and papers of identity"
    CONTACT = "contact", "联系电话", "telephone"
    EVIDENCE = "evidence", "本人提交的证据材料", "evidence that the party brought"


@dataclass(frozen=True, slots=True)
class Holds:
    """Forms by key, and kinds of papers that were handed in."""

    forms: tuple[str, ...] = ()
    attached: frozenset[DocumentKind] = frozenset()


PARTS: Mapping[Part, Holds] = {
    Part.APPLICATION: Holds(("application",)),
    Part.AGREEMENT: Holds(("agreement", "oral_agreement"), frozenset({DocumentKind.AGREEMENT})),
    Part.WAYS_NOTICE: Holds(("ways_notice", "not_accepted")),
    Part.IDENTITY: Holds(attached=frozenset({DocumentKind.IDENTITY})),
    Part.CONTACT: Holds(),
    Part.EVIDENCE: Holds(attached=frozenset({DocumentKind.EVIDENCE})),
}
NAMES_OTHERS = frozenset({Part.APPLICATION, Part.AGREEMENT, Part.WAYS_NOTICE})
"""The parts in which the other side is named."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of a channel's paper; `codes`: its value is one of these."""

    code: str
    zh: str
    en: str
    needed: bool = True
    codes: type[CodeTable] | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A term as people are told it, with the row of the law."""

    name: str
    text: str
    law: str


@dataclass(frozen=True, slots=True)
class Answer:
    """In how many days the channel says whether it takes the matter; None: a setting of the district."""

    law: str
    days: int | None
    working: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One channel. `law`: the row of the law on which fields go there; `asks`: these fields; `gives`: what of
    the file may go with them; `to`: the recipient's kind in the share log; `words` and `terms`: its printed
    page; `answer`: its own clock."""

    law: str
    to: str
    asks: tuple[Asked, ...]
    gives: tuple[Part, ...]
    answer: Answer
    words: str
    terms: tuple[Term, ...]


_CLAIMS = Asked("claims", "请求事项", "claims")
_FACTS = Asked("facts", "事实和理由", "facts and reasons")
_REQUEST = Asked("request", "请求", "request")
_EVIDENCE = Asked("evidence", "证据和证人", "evidence and witnesses", needed=False)
_PERSON = (Part.IDENTITY, Part.CONTACT)
_BRIEF = (Part.APPLICATION, *_PERSON, Part.EVIDENCE)
_WHOLE = (Part.APPLICATION, Part.AGREEMENT, Part.WAYS_NOTICE, *_PERSON, Part.EVIDENCE)

TABLE: Mapping[Channel, Row] = {
    Channel.REVIEW: Row(
        law="AR-20",
        to="department",
        asks=(
            Asked("organ", "被申请的行政机关", "the organ"),
            Asked("act", "行政行为", "the act"),
            Asked("request", "复议请求", "request"),
            _FACTS,
        ),
        gives=_BRIEF,
        answer=Answer("AR-30/31", 5, working=True),
        words=(
            "　　认为行政机关的行政行为侵犯您的合法权益的，可以申请行政复议。"
            "书面、口头都可以，网上也可以提出，不收费。"
            "有的事项必须先复议、再起诉，窗口会告诉您。复议机关也可以调解。"
        ),
        terms=(
            Term("申请", "自知道行政行为之日起六十日内", "AR-20"),
            Term("是否受理", "五个工作日", "AR-30/31"),
            Term("决定", "简易程序三十日，普通程序六十日，可延长三十日", "AR-54/62"),
        ),
    ),
    Channel.ARBITRATION: Row(
        law="AB-33/34",
        to="arbitration",
        asks=(
            Asked("institution", "约定的仲裁机构", "the institution chosen"),
            Asked("agreement", "仲裁协议（请求仲裁的意思、事项）", "the agreement to arbitrate"),
            _CLAIMS,
            _FACTS,
            _EVIDENCE,
        ),
        gives=_WHOLE,
        answer=Answer("AB-35", 5),
        words=(
            "　　平等的当事人之间的合同和其他财产纠纷，双方有仲裁协议的，可以仲裁。"
            "婚姻、收养、监护、扶养、继承纠纷不能仲裁。"
            "仲裁协议要写明愿意仲裁、仲裁什么、哪个仲裁机构。没有协议的，申请后对方在首次开庭前不否认的，也可以。"
        ),
        terms=(
            Term("是否受理", "五日", "AB-35"),
            Term("申请撤销裁决", "收到裁决书之日起三个月内", "AB-64/72/90"),
        ),
    ),
    Channel.LABOUR_ARBITRATION: Row(
        law="LB-27",
        to="arbitration",
        asks=(Asked("employer", "用人单位", "employer"), _CLAIMS, _FACTS, _EVIDENCE),
        gives=_WHOLE,
        answer=Answer("LB-27", 5),
        words=(
            "　　劳动者和用人单位的争议，可以随时申请劳动仲裁，不必等调解结束，不收费。"
            "拖欠工资、工伤等都可以。"
        ),
        terms=(
            Term("申请", "自知道权利被侵害之日起一年内", "LB-27"),
            Term("是否受理", "五日", "LB-27"),
            Term("裁决", "四十五日，可延长十五日", "LB-27"),
        ),
    ),
    Channel.NOTARY: Row(
        law="NO-2/11/25",
        to="notary",
        asks=(
            Asked("matter", "公证事项", "matter"),
            Asked(
                "place", "住所、经常居住地、行为或事实发生地", "residence, or place of the act"
            ),
        ),
        gives=(Part.AGREEMENT, *_PERSON, Part.EVIDENCE),
        answer=Answer("NO-30", 15, working=True),
        words=(
            "　　双方达成一致以后，可以办理公证。"
            "有强制执行承诺的还款协议经过公证，对方不履行时可以直接申请法院执行。"
            "双方对公证的事项还有争议的，公证处不会办理。"
        ),
        terms=(Term("出具公证书", "受理之日起十五个工作日", "NO-30"),),
    ),
    Channel.LEGAL_AID: Row(
        law="LA-31/32/42",
        to="legal_aid",
        asks=(
            Asked("matter", "申请事项", "matter"),
            _FACTS,
            Asked(
                "means_exempt_reason", "免予核查经济状况的情形（自述）", "why means are not looked at",
                needed=False, codes=MeansExempt,
            ),
        ),
        gives=_WHOLE,
        answer=Answer("LA-43", 7),
        words=(
            "　　经济困难的，可以申请免费的律师帮助。遭受家庭暴力、见义勇为等情形不看经济状况；"
            "没有固定收入的未成年人、老年人、残疾人，领取社会救助的人，请求劳动报酬或者工伤待遇的农民工，不核查经济状况。"
            "期限快到的，可以先提供帮助。"
        ),
        terms=(
            Term("审查", "七日，材料不齐的一次告知", "LA-43"),
            Term("指派", "三日", "LA-43"),
            Term("对不予援助有异议", "向司法行政部门提出，五日内答复", "LA-49"),
        ),
    ),
    Channel.COURT: Row(
        law="CT-125",
        to="court",
        asks=(Asked("against", "被告", "defendant"), _CLAIMS, _FACTS, _EVIDENCE),
        gives=_WHOLE,
        answer=Answer("CT-125", None),
        words=(
            "　　您随时可以向人民法院起诉。法院会先问双方是否愿意调解，您可以不同意。"
            "遭受家庭暴力或者面临现实危险的，可以申请人身安全保护令，不收费。"
        ),
        terms=(Term("人身安全保护令", "七十二小时内作出，紧急的二十四小时", "DV-23/28"),),
    ),
    Channel.PETITION: Row(
        law="PT-22/34/35/36",
        to="department",
        asks=(Asked("organ", "有权处理的机关", "the organ in charge"), _REQUEST, _FACTS),
        gives=_BRIEF,
        answer=Answer("PT-22/34/35/36", 15),
        words=(
            "　　您可以向有权处理的机关信访，提出建议、意见或者请求。"
            "信访是您的权利，不会因此受到任何不利对待。"
        ),
        terms=(
            Term("登记转送", "十五日", "PT-22/34/35/36"),
            Term("办理", "六十日，可延长三十日", "PT-22/34/35/36"),
            Term("复查、复核", "各三十日", "PT-22/34/35/36"),
        ),
    ),
}  # fmt: skip


@law("AR-20", "AB-33/34", "LB-27", "NO-2/11/25", "LA-31/32/42", "CT-125", "PT-22/34/35/36")
def field_faults(channel: Channel, details: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with what was filled in for a channel: more than its paper asks for, less, or a word
    where a code is asked for."""
    asked = TABLE[channel].asks
    faults = dict.fromkeys(sorted(set(details) - {one.code for one in asked}), "not a field of this channel")
    for one in asked:
        value = details.get(one.code, "").strip()
        if one.needed and not value:
            faults[one.code] = "required"
        elif value and one.codes is not None and value not in one.codes.values():
            faults[one.code] = "not a value of its table"
    return faults


@law("PM-3", "PI-5/6")
def consent_faults(
    channel: Channel, details: Mapping[str, str], fields: frozenset[str], papers: frozenset[str]
) -> dict[str, str]:
    """What is wrong with the list of what a party lets go: something that was not filled in or does not go to
    this channel, or less than the channel's paper needs."""
    row = TABLE[channel]
    faults = dict.fromkeys(sorted(fields - set(details)), "not filled in")
    faults |= dict.fromkeys(sorted(papers - set(row.gives)), "does not go to this channel")
    return faults | {one.code: "required" for one in row.asks if one.needed and one.code not in fields}


def shown(one: Asked, value: str) -> str:
    """A value as it is printed."""
    return one.codes(value).zh if one.codes is not None and value in one.codes.values() else value
