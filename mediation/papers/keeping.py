"""How long the file of a case is kept: its class of retention by the district's settings (PM-F5)."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import Count

from disputes.models import Dispute
from edge.conf import setting
from kernel.law import law
from mediation.models import Case, CaseParty
from mediation.papers.retention import Retention, retention_class

DAYS: Mapping[Retention, str] = {
    Retention.SHORT: "DOSSIER_SHORT_DAYS", Retention.LONG: "DOSSIER_LONG_DAYS",
    Retention.PERMANENT: "DOSSIER_PERMANENT_DAYS",
}  # fmt: skip


def retention_of(category: str, parties: int) -> Retention:
    """The class of a case with so many parties, as the cover of its file prints it."""
    return retention_class(
        category, parties, usual=setting("DOSSIER_RETENTION"),
        long=setting("DOSSIER_RETENTION_LONG").split(","),
        permanent=setting("DOSSIER_RETENTION_PERMANENT").split(","),
        many=setting("DOSSIER_RETENTION_LONG_PARTIES"),
    )  # fmt: skip


@law("PM-F5", "PI-19/47")
def kept(ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """For each of these disputes with an accepted case, how many days its file is kept after the end: by the
    longest class of its cases. A merged dispute is kept as long as the one that it lives on in, if longer."""
    lives_on = dict(Dispute.objects.filter(pk__in=ids).values_list("pk", "merged_into"))
    days = _days({*ids, *(other for other in lives_on.values() if other)})
    found = {pk: [days[at] for at in (pk, lives_on.get(pk)) if at in days] for pk in ids}
    return {pk: max(each) for pk, each in found.items() if each}


def _days(disputes: Iterable[UUID]) -> dict[UUID, int]:
    files = Case.objects.filter(dispute__in=set(disputes), accepted_on__isnull=False)
    rows = files.values_list("pk", "dispute", "category").order_by("pk")
    counted = dict(
        CaseParty.objects.filter(case__in=[pk for pk, _, _ in rows])
        .values("case").annotate(count=Count("pk")).values_list("case", "count")
    )  # fmt: skip
    found: dict[UUID, int] = {}
    for pk, dispute, category in rows:
        days = setting(DAYS[retention_of(category, counted.get(pk, 0))])
        found[dispute] = max(days, found.get(dispute, 0))
    return found
