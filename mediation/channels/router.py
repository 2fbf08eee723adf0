"""Which channels are open for a matter, each with the row of the law that is the reason. Plain Python.

A party may go to any channel alone at any time (PM-3): what is not open here is only not sent from here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kernel.codes.law import DisputeCategory
from kernel.law import law
from mediation.channels.table import Channel

LABOUR = frozenset({DisputeCategory.WAGES_MIGRANT, DisputeCategory.LABOUR})


@dataclass(frozen=True, slots=True)
class Matter:
    """What the router looks at. `act_of_organ`: it is about an act of an administrative organ;
    `organ_mediated`: an organ mediated between the parties; `settled`: they have agreed."""

    category: str
    protected: bool = False
    act_of_organ: bool = False
    organ_mediated: bool = False
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """One line of the router's answer, with the row of the law that is its reason."""

    channel: Channel
    open: bool
    law: str
    zh: str
    en: str


def routes(matter: Matter) -> list[Route]:
    """For each channel whether it can be referred to, in the order of the table, and what to know of it."""
    return [route for channel in Channel for route in _routes_of(channel, matter)]


def closed(matter: Matter, channel: Channel) -> Route | None:
    """Why this channel is not open for the matter; None when it is."""
    return next((route for route in _routes_of(channel, matter) if not route.open), None)


def _routes_of(channel: Channel, matter: Matter) -> Iterator[Route]:
    yield from _ROUTERS[channel](matter)


@law("AR-20", "AR-12")
def _review(matter: Matter) -> Iterator[Route]:
    if matter.organ_mediated:
        yield Route(
            Channel.REVIEW, False, "AR-12", "行政机关对民事纠纷的调解不属于行政复议范围",
            "an organ's mediation of a civil dispute is not reviewable",
        )  # fmt: skip
    elif matter.act_of_organ:
        yield Route(
            Channel.REVIEW, True, "AR-20", "不服行政行为的，可以自知道之日起六十日内申请行政复议，不收费",
            "against an act of an organ, within 60 days of knowing it, free of charge",
        )  # fmt: skip
    else:
        yield Route(
            Channel.REVIEW, False, "AR-20", "本纠纷不针对行政行为", "the matter is not about an organ's act"
        )


@law("AB-3", "LB-27", "AB-4/27")
def _arbitration(matter: Matter) -> Iterator[Route]:
    if matter.category == DisputeCategory.FAMILY:
        yield Route(
            Channel.ARBITRATION, False, "AB-3", "婚姻、收养、监护、扶养、继承纠纷不能仲裁",
            "marriage, adoption, guardianship, support and inheritance cannot be arbitrated",
        )  # fmt: skip
    elif matter.category in LABOUR:
        yield Route(
            Channel.ARBITRATION,
            False,
            "LB-27",
            "劳动争议适用劳动争议仲裁",
            "labour disputes go to labour arbitration",
        )
    elif matter.act_of_organ:
        yield Route(Channel.ARBITRATION, False, "AB-3", "行政争议不能仲裁", "not for administrative matters")
    else:
        yield Route(
            Channel.ARBITRATION, True, "AB-4/27",
            "需要双方有仲裁协议：请求仲裁的意思、仲裁事项、选定的仲裁机构",
            "needs an agreement: the will, the matters, the institution chosen",
        )  # fmt: skip


@law("LB-27")
def _labour(matter: Matter) -> Iterator[Route]:
    is_labour = matter.category in LABOUR
    yield Route(
        Channel.LABOUR_ARBITRATION, is_labour, "LB-27",
        "劳动争议可以随时申请仲裁，时效一年" if is_labour else "本纠纷不是劳动争议",
        "at any time, limitation one year" if is_labour else "not a labour dispute",
    )  # fmt: skip


@law("NO-31", "NO-37")
def _notary(matter: Matter) -> Iterator[Route]:
    if not matter.settled:
        yield Route(
            Channel.NOTARY, False, "NO-31", "对公证事项有争议的不予公证：达成一致后再办",
            "no notarisation while the matter is disputed: only after a settlement",
        )  # fmt: skip
        return
    yield Route(
        Channel.NOTARY, True, "NO-37", "经公证并有执行承诺的债权文书可以申请强制执行，可代替司法确认",
        "a notarised debt deed with a promise of enforcement is enforceable",
    )  # fmt: skip


@law("LA-31/32/42")
def _legal_aid(matter: Matter) -> Iterator[Route]:
    text, english = "可以申请法律援助，不收费", "legal aid, free of charge"
    if matter.protected:
        text, english = (
            "遭受家庭暴力的，申请法律援助不审查经济状况",
            "no means test for victims of domestic violence",
        )
    yield Route(Channel.LEGAL_AID, True, "LA-31/32/42", text, english)


@law("CT-125", "DV-23/28")
def _court(matter: Matter) -> Iterator[Route]:
    yield Route(
        Channel.COURT, True, "CT-125", "可以起诉；法院先行调解，当事人拒绝的除外",
        "may sue; the court mediates first unless a party refuses",
    )  # fmt: skip
    if matter.protected:
        yield Route(
            Channel.COURT, True, "DV-23/28", "可以申请人身安全保护令：七十二小时内作出，紧急的二十四小时",
            "protection order: decided within 72 hours, urgent 24",
        )  # fmt: skip


@law("PT-22/34/35/36")
def _petition(_matter: Matter) -> Iterator[Route]:
    yield Route(
        Channel.PETITION, True, "PT-22/34/35/36", "可以信访；信访不记作任何人的不利情况",
        "may petition; a petition is never counted against anybody",
    )  # fmt: skip


_ROUTERS = {
    Channel.REVIEW: _review,
    Channel.ARBITRATION: _arbitration,
    Channel.LABOUR_ARBITRATION: _labour,
    Channel.NOTARY: _notary,
    Channel.LEGAL_AID: _legal_aid,
    Channel.COURT: _court,
    Channel.PETITION: _petition,
}
