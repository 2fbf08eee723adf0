"""What the record of a search and the papers of the end are filled with."""

from collections import Counter
from collections.abc import Iterable

from corrections.access import searches_visible_to
from corrections.decisions import STANDING, DecisionKind
from corrections.ends import RELEASES, EndPaper, EndReason, NoticeTo
from corrections.models import Decision, Ending, EndPaperRow, Search, Visit
from corrections.models.people import SubjectState
from corrections.papers.sheet import Filled, said
from corrections.search_codes import SearchJudgement, SearchResult, SearchState, SearchWay
from corrections.services.papers.filling import Filler, Filling, clear
from kernel.codes.law import CorrectionCategory
from kernel.law import law
from kernel.problems import Problem
from kernel.written import day, moment

AFTER = ("end_certificate", "end_notice", "termination_notice")
TERMINATED = {
    EndReason.SUSPENSION_REVOKED: "撤销缓刑", EndReason.PAROLE_REVOKED: "撤销假释",
    EndReason.IMPRISONED: "收监执行", EndReason.DEATH: "死亡",
}  # fmt: skip
REASONS = {EndReason.TERM_OVER: "期满", EndReason.PARDON: "赦免"}
TOLD = {NoticeTo.ORGAN: "决定机关", NoticeTo.PROCURATORATE: "人民检察院", NoticeTo.POLICE: "公安机关"}


def search(filling: Filling) -> Filled:
    rows = searches_visible_to(filling.actor).filter(subject=filling.about).order_by("opened_at", "id")
    row = filling.chosen(rows.select_related("contact", "opened_by"))
    if row is None:
        return Filled()
    words = filling.opened(row, "search", "place", "told", beside="entry_notes")
    judged = SearchJudgement(row.judgement).zh if row.judgement else ""
    found = day(row.found_on or row.since_on)
    values = {
        "last": _last_met(row), "entries": "\n".join(_entries(row)), "told": said(words["told"], judged),
        "police": said(day(row.police_on), row.police_document),
        "procuratorate": said(day(row.procuratorate_on), row.procuratorate_document),
        "result": said(SearchState(row.state).zh, words["place"], found, row.document_no),
    }  # fmt: skip
    marks = {"经办人": row.opened_by.name} if row.opened_by else {}
    return Filled(values, marks=marks)


def _last_met(row: Search) -> str:
    """When the person was last met before the search was opened."""
    met = Visit.objects.filter(subject_id=row.subject_id, outcome="met", made_at__lte=row.opened_at)
    return moment(met.order_by("-made_at").values_list("made_at", flat=True).first())


def _entries(row: Search) -> Iterable[str]:
    for entry in row.entries.order_by("made_at", "id"):
        result = SearchResult(entry.result).zh
        yield said(moment(entry.made_at), SearchWay(entry.way).zh, result, clear(entry, "note"))


def appraisal(filling: Filling) -> Filled:
    """The person's own summary, the agency's appraisal, and how many decisions stand."""
    rows = EndPaperRow.objects.filter(subject=filling.about).select_related("entered_by")
    values, marks = {"counts": "、".join(_counted(filling))}, {}
    for row in rows:
        values[row.kind] = filling.opened(row, "end_paper", "text")["text"]
        mark = "本人" if row.kind == EndPaper.SUMMARY else "社区矫正机构（盖章）"
        marks[mark] = day(row.written_on)
    return Filled(values, marks=marks)


def _counted(filling: Filling) -> Iterable[str]:
    decided = Decision.objects.filter(subject=filling.about).values_list("kind", "state")
    standing = Counter(kind for kind, state in decided if state in STANDING)
    for kind in (DecisionKind.COMMENDATION, DecisionKind.ADMONITION, DecisionKind.WARNING):
        yield f"{kind.zh}{standing[kind]}次"


def _ending_of(filling: Filling) -> Ending | None:
    """One for a person at most, so none can be named."""
    return filling.chosen(Ending.objects.filter(subject=filling.about).order_by("created_at"))


@law("CCL-44", "CCL-45")
def _release_of(filling: Filling) -> Ending | None:
    """The release, or None before it. Problem `ending_other_paper` for a termination and for who was handed
    over to another agency."""
    row = _ending_of(filling)
    ended = filling.about.state != SubjectState.IN_CORRECTION
    if (row is not None and row.reason not in RELEASES) or (row is None and ended):
        raise Problem("ending_other_paper")
    return row


def end_certificate(filling: Filling) -> Filled:
    """Of category 04 there is none: the prison or the detention house releases."""
    row = _release_of(filling)
    if filling.about.orders.filter(category=CorrectionCategory.TEMPORARY_OUTSIDE_PRISON).exists():
        raise Problem("ending_other_paper")
    if row is None:
        return Filled({"on": day(filling.about.ends_on)})
    reason = REASONS[EndReason(row.reason)]
    return Filled({"number": row.certificate_no, "reason": reason, "on": day(row.ended_on)})


def end_notice(filling: Filling) -> Filled:
    row = _release_of(filling)
    if row is None:
        return Filled({"on": day(filling.about.ends_on)})
    number = row.certificate_no or said(row.released_by, row.document_no)
    return Filled({"to": _told(row), "on": day(row.ended_on), "number": number})


def _told(row: Ending) -> str:
    return "、".join(TOLD[NoticeTo(notice.to)] for notice in row.notices.order_by("to") if notice.sent_on)


def termination_notice(filling: Filling) -> Filled:
    """Problem `ending_other_paper` for a release."""
    row = _ending_of(filling)
    if row is None:
        return Filled()
    if row.reason in RELEASES:
        raise Problem("ending_other_paper")
    values = {
        "to": _told(row), "reason": TERMINATED[EndReason(row.reason)], "number": row.document_no,
        "on": day(row.ended_on),
    }  # fmt: skip
    return Filled(values)


FILLERS: dict[str, Filler] = {"appraisal": appraisal}
OF_RECORDS: dict[str, Filler] = {
    "search": search, "end_certificate": end_certificate, "end_notice": end_notice,
    "termination_notice": termination_notice,
}  # fmt: skip
