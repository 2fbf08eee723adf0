"""转介表: what a party lets go to a channel, and nothing else (plain paper of a referral)."""

from collections.abc import Iterable, Sequence

from edge.documents.forms import Form
from edge.documents.model import Block, Field, Fields, Note, Paragraph, Signature, Signatures, Table, Title
from kernel.law import law
from kernel.written import boxes, day
from mediation.channels import Part
from mediation.papers.source import BLANK, CaseFile, Person, Referred

LINES = 6


@law("PM-3", "PI-13/14")
def referral(source: CaseFile | None) -> Sequence[Block]:
    """Who goes where, with which fields and which papers, by the party's own word."""
    file = source or BLANK
    sent = file.referred or Referred()
    own = next((person for person in file.parties if person.key == sent.party), None)
    told = tuple((label, text) for label, text in sent.fields)
    return (
        Title("转介表", file.dispute_code),
        Fields(
            (
                Field("转介途径", sent.channel),
                Field("方式", sent.kind),
                Field("接收单位", sent.recipient),
                Field("当事人同意日期", day(sent.agreed_on)),
            ),
            pairs=2,
        ),
        Fields(tuple(_whose(own))),
        Table(("事项", "内容"), told, (2, 6), spare=0 if told else LINES),
        Fields((Field("随附卷宗材料", boxes((part.zh for part in Part), sent.papers), 2),)),
        Paragraph(
            "　　本人同意向上述单位提供以上内容。未列明的内容不提供；本人可以随时撤回同意，也可以自己前往。"
        ),
        Signatures((Signature("当事人（签名、盖章或按指印）"), Signature("经办人"), Signature("日期"))),
        Note("共享的，纠纷仍由本处继续办理；移送的，自接收单位受理之日起由其办理。"),
    )


def _whose(own: Person | None) -> Iterable[Field]:
    """On the blank every line; filled only what the party lets go."""
    person = own or Person()
    yield Field("当事人", person.name)
    for label, text in (("证件号码", person.id_number), ("联系电话", person.phone)):
        if text or own is None:
            yield Field(label, text)


FORMS = (Form("referral", "转介表", "referral", ("PM-3", "CCL-5"), referral),)
