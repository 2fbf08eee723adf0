"""What should be true, from the domain's own tables: the yardstick of the demo."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet

from accounts.models import Membership, MembershipState, User
from corrections.models import Visit
from disputes.models import Dispute
from escalation.models import Firing
from kernel.actor import Actor
from kernel.codes.roles import Role
from liaison.models import Report
from mediation.models import IntakeItem
from sync import registry
from sync.models import Inbox

ANY_REVISION = -1


def worker(username: str) -> Actor:
    """The person in the role of a grid worker."""
    user = User.objects.get(username=username)
    membership = Membership.objects.get(user=user, role=Role.GRID_WORKER, state=MembershipState.CONFIRMED)
    return Actor(user.pk, Role.GRID_WORKER, membership.organisation_id, membership.pk)


def phone_set(actor: Actor) -> dict[str, dict[str, int]]:
    """{kind: {id: rev}} that a full pull of this actor has to give; what came back refused has any rev."""
    found: dict[str, dict[str, int]] = {}
    for name, kind in registry.kinds().items():
        rows = _revisions(kind.root_table, kind.phone_set(actor))
        rows.update(dict.fromkeys(_refused(actor, name), ANY_REVISION))
        if rows:
            found[name] = rows
    return found


def _revisions(table: str, ids: Any) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(f"select id, rev from {table} where id = any(%s)", [list(ids)])  # noqa: S608  because the table's name is the registry's
        return {str(one): rev for one, rev in cursor.fetchall()}


def _refused(actor: Actor, kind: str) -> list[str]:
    """What the author's phone got back with a reason, as far as there is no record of it: a refusal is data.
    An order has no record; it comes back under its own id."""
    rows = Inbox.objects.filter(author_id=actor.user_id, kind=kind, returned=True)
    if kind == registry.COMMAND:
        return [str(one) for one in rows.values_list("id", flat=True)]
    targets = {str(target) for target in rows.values_list("target", flat=True)}
    return sorted(targets - _revisions(registry.kind(kind).root_table, targets).keys())


def settled(actors: Sequence[Actor]) -> dict[str, int]:
    """For each record that these people pushed, what there is of it: its row in the domain, or a refusal.

    A refusal that was corrected is history; so is each of several edits.
    """
    authors = [actor.user_id for actor in actors]
    outcomes: Counter[str] = Counter()
    for name, kind in registry.kinds().items():
        if kind.submit is None or name == registry.COMMAND:
            continue
        rows = Inbox.objects.filter(author_id__in=authors, kind=name, target__isnull=False)
        targets = {str(target) for target in rows.values_list("target", flat=True)}
        stored = _revisions(kind.root_table, targets).keys()
        outcomes.update(stored)
        refused = rows.exclude(state="accepted").exclude(target__in=stored)
        outcomes.update({str(target) for target in refused.values_list("target", flat=True)})
    return dict(outcomes)


def district() -> dict[str, Any]:
    """What the centres, the stations and the map should show, in numbers."""
    disputes = Dispute.objects.exclude(state="merged")
    intake = IntakeItem.objects.all()
    return {
        "disputes_by_level": _counted(disputes, "level"),
        "intake": {
            "items": intake.count(),
            "protected": intake.filter(protected=True).count(),
            "read by a person": intake.filter(read_at__isnull=False).count(),
        },
        "protected_disputes": disputes.filter(protected=True).count(),
        "firings": _firings(),
        "liaison": _counted(Report.objects.all(), "state"),
        "contacts_by_verdict": _counted(Visit.objects.all(), "place_verdict"),
        "map": _on_the_map(disputes),
    }


def _counted(rows: QuerySet[Any], field: str) -> dict[str, int]:
    found = rows.order_by().values_list(field).annotate(number=Count("pk"))
    return {str(value): number for value, number in found}


def _firings() -> list[dict[str, Any]]:
    """Each rule with how often it fired and what was done then (not what was done already)."""
    numbers: Counter[str] = Counter()
    actions: dict[str, Counter[str]] = {}
    for code, done in Firing.objects.values_list("rule__code", "actions"):
        numbers[code] += 1
        did = [entry["action"] for entry in done if entry["result"] == "done"]
        actions.setdefault(code, Counter()).update(did)
    return [
        {"rule": code, "firings": number, "actions": dict(actions[code].most_common())}
        for code, number in numbers.most_common()
    ]


def _on_the_map(disputes: QuerySet[Dispute]) -> list[dict[str, Any]]:
    """Counts by grid and level. What is protected or restricted is on no map."""
    shown = disputes.filter(grid__isnull=False, protected=False, restricted=False)
    rows = shown.order_by().values_list("grid__code", "level").annotate(number=Count("pk"))
    return [{"grid": grid, "level": level, "disputes": number} for grid, level, number in rows]
