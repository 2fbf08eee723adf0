"""Filters by allow-list; each field is one that the caller sees in the answer."""

import django_filters as df
from django.db.models import QuerySet

from corrections.aftercare import AFTERCARE
from corrections.assessment import ASSESSMENT, AskedBy
from corrections.codes import ContactState, PlaceVerdict, VisitOutcome
from corrections.complaints import COMPLAINT, SECOND, Burden
from corrections.court import CourtFactKind
from corrections.decisions import DECISION, OBJECTION, DecisionKind
from corrections.ends import DETENTION, ENDINGS, EndReason
from corrections.entry import ENTRY
from corrections.leave_codes import LeaveState, PermitState
from corrections.medical import LENGTHENING, MEDICAL, MedicalKind
from corrections.models import DueContact
from corrections.models.groups import GroupState
from corrections.models.plans import PlanState
from corrections.models.visits import PlaceFlagState
from corrections.opinions import OPINION, OpinionKind
from corrections.positioning import FINDING, ORDER, FindingKind, PositioningGround
from corrections.reception_codes import FileKind
from corrections.reports import TIMELY, TimelyKind
from corrections.search_codes import SearchState, SearchWhy
from corrections.selectors import standing_q
from corrections.sendings import SENDING, SendTo
from corrections.transfers import TRANSFER
from kernel import clock
from kernel.codes.law import ContactForm, CorrectionCategory
from kernel.transitions import StateTable


class SubjectFilter(df.FilterSet):
    category = df.ChoiceFilter(
        field_name="orders__category", choices=CorrectionCategory.choices(), distinct=True
    )
    minors_rules = df.BooleanFilter()
    officer = df.UUIDFilter(field_name="officer_id")
    station = df.UUIDFilter(field_name="station_id")
    ends_from = df.DateFilter(field_name="ends_on", lookup_expr="gte")
    ends_to = df.DateFilter(field_name="ends_on", lookup_expr="lte")


class OfSubjectFilter(df.FilterSet):
    subject = df.UUIDFilter(field_name="subject_id")


class GroupFilter(OfSubjectFilter):
    state = df.ChoiceFilter(choices=GroupState.choices)


class PlanFilter(OfSubjectFilter):
    state = df.ChoiceFilter(choices=PlanState.choices)


class ContactFilter(OfSubjectFilter):
    """`standing` is where a contact stands now, whatever the job has written down."""

    form = df.ChoiceFilter(choices=ContactForm.choices())
    standing = df.ChoiceFilter(choices=ContactState.choices(), method="by_standing")
    officer = df.UUIDFilter(field_name="subject__officer_id")
    due_from = df.DateFilter(field_name="due_day", lookup_expr="gte")
    due_to = df.DateFilter(field_name="due_day", lookup_expr="lte")

    def by_standing(self, rows: QuerySet[DueContact], _name: str, value: str) -> QuerySet[DueContact]:
        return rows.filter(standing_q(ContactState(value), clock.now()))


class VisitFilter(OfSubjectFilter):
    contact = df.UUIDFilter(field_name="contact_id")
    outcome = df.ChoiceFilter(choices=VisitOutcome.choices())
    verdict = df.ChoiceFilter(field_name="place_verdict", choices=PlaceVerdict.choices())
    made_from = df.IsoDateTimeFilter(field_name="made_at", lookup_expr="gte")
    made_to = df.IsoDateTimeFilter(field_name="made_at", lookup_expr="lt")


class FlagFilter(OfSubjectFilter):
    state = df.ChoiceFilter(choices=PlaceFlagState.choices)


def _states(machine: StateTable) -> list[tuple[str, str]]:
    return [(state, state) for state in sorted(machine.states)]


class DecisionFilter(OfSubjectFilter):
    kind = df.ChoiceFilter(choices=DecisionKind.choices())
    state = df.ChoiceFilter(choices=_states(DECISION))
    decided_from = df.DateFilter(field_name="decided_on", lookup_expr="gte")
    decided_to = df.DateFilter(field_name="decided_on", lookup_expr="lte")


class ObjectionFilter(df.FilterSet):
    decision = df.UUIDFilter(field_name="decision_id")
    state = df.ChoiceFilter(choices=_states(OBJECTION))


class ComplaintFilter(df.FilterSet):
    state = df.ChoiceFilter(choices=_states(COMPLAINT))
    due_to = df.DateFilter(field_name="due_on", lookup_expr="lte")


class SecondFilter(OfSubjectFilter):
    act = df.ChoiceFilter(choices=Burden.choices())
    state = df.ChoiceFilter(choices=_states(SECOND))


class LeaveFilter(OfSubjectFilter):
    state = df.ChoiceFilter(choices=LeaveState.choices())
    emergency = df.BooleanFilter()
    first_from = df.DateFilter(field_name="first_day", lookup_expr="gte")
    last_to = df.DateFilter(field_name="last_day", lookup_expr="lte")


class FileItemFilter(OfSubjectFilter):
    file = df.ChoiceFilter(choices=FileKind.choices())


class SearchFilter(OfSubjectFilter):
    state = df.ChoiceFilter(choices=SearchState.choices())
    why = df.ChoiceFilter(choices=SearchWhy.choices())


class PermitFilter(OfSubjectFilter):
    state = df.ChoiceFilter(choices=PermitState.choices())


class FindingFilter(OfSubjectFilter):
    kind = df.ChoiceFilter(choices=FindingKind.choices())
    state = df.ChoiceFilter(choices=_states(FINDING))


class PositioningFilter(OfSubjectFilter):
    ground = df.ChoiceFilter(choices=PositioningGround.choices())
    state = df.ChoiceFilter(choices=_states(ORDER))


class EndingFilter(OfSubjectFilter):
    reason = df.ChoiceFilter(choices=EndReason.choices())
    state = df.ChoiceFilter(choices=_states(ENDINGS))


class DetentionFilter(OfSubjectFilter):
    state = df.ChoiceFilter(choices=_states(DETENTION))


class TransferFilter(OfSubjectFilter):
    state = df.ChoiceFilter(choices=_states(TRANSFER))


class OpinionFilter(OfSubjectFilter):
    kind = df.ChoiceFilter(choices=OpinionKind.choices())
    state = df.ChoiceFilter(choices=_states(OPINION))


class AssessmentFilter(df.FilterSet):
    state = df.ChoiceFilter(choices=_states(ASSESSMENT))
    asked_by = df.ChoiceFilter(choices=AskedBy.choices())
    station = df.UUIDFilter(field_name="station_id")
    due_to = df.DateFilter(field_name="due_on", lookup_expr="lte")


class EntryFilter(OfSubjectFilter):
    state = df.ChoiceFilter(choices=_states(ENTRY))


class CourtFactFilter(df.FilterSet):
    decision = df.UUIDFilter(field_name="decision_id")
    kind = df.ChoiceFilter(choices=CourtFactKind.choices())


class MedicalFilter(OfSubjectFilter):
    kind = df.ChoiceFilter(choices=MedicalKind.choices())
    state = df.ChoiceFilter(choices=_states(MEDICAL))
    due_to = df.DateFilter(field_name="due_on", lookup_expr="lte")


class LengtheningFilter(OfSubjectFilter):
    report = df.UUIDFilter(field_name="report_id")
    state = df.ChoiceFilter(choices=_states(LENGTHENING))


class AftercareFilter(OfSubjectFilter):
    state = df.ChoiceFilter(choices=_states(AFTERCARE))


class TimelyFilter(OfSubjectFilter):
    kind = df.ChoiceFilter(choices=TimelyKind.choices())
    state = df.ChoiceFilter(choices=_states(TIMELY))


class SendingFilter(OfSubjectFilter):
    decision = df.UUIDFilter(field_name="decision_id")
    to = df.ChoiceFilter(choices=SendTo.choices())
    state = df.ChoiceFilter(choices=_states(SENDING))
    due_to = df.DateFilter(field_name="due_on", lookup_expr="lte")
