from django.db import models
from django.db.models import F, Q

from edge.encryption import EncryptedField
from kernel.ids import uuid7
from mediation.agreement import AgreementForm, MarkManner, MarkRole, ObligationState, SignedBy
from mediation.models.cases import Case, CaseParty
from mediation.models.steps import StepRow


class Agreement(models.Model):
    """调解协议, oral, written, or oral first and written later: then both days stand here.

    `effective_on` is the day that every warning counts from; empty until the marks of a written one are all
    stated and reviewed. `dropped_at`: it was never concluded. The words are sealed under a key of their own.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="agreements")
    serial = models.SmallIntegerField()
    amends = models.ForeignKey("self", models.PROTECT, null=True, related_name="amendments")
    form = models.CharField(max_length=8, choices=AgreementForm.choices())
    oral_on = models.DateField(null=True, blank=True)
    written_on = models.DateField(null=True, blank=True)
    effective_on = models.DateField(null=True, blank=True)

    key_id = models.UUIDField()
    facts = EncryptedField(null=True, blank=True)
    terms = EncryptedField()
    written_terms = EncryptedField(null=True, blank=True)
    money_or_property = models.BooleanField(default=False)

    reached_at = models.DateTimeField()
    reached_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    dropped_at = models.DateTimeField(null=True, blank=True)
    set_aside_on = models.DateField(null=True, blank=True)
    court_document = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        db_table = "mediation_agreement"
        ordering = ["case", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["case", "serial"], name="agreement_serial_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(effective_on=None, dropped_at=None), name="agreement_open_once"
            ),
            models.UniqueConstraint(
                fields=["amends"], condition=Q(dropped_at=None), name="agreement_amended_once"
            ),
            models.CheckConstraint(condition=Q(form__in=AgreementForm.values()), name="agreement_form_known"),
            models.CheckConstraint(
                condition=~Q(form=AgreementForm.ORAL) | Q(oral_on__isnull=False),
                name="agreement_oral_has_day",
            ),
            models.CheckConstraint(
                condition=Q(effective_on=None) | Q(oral_on__isnull=False) | Q(written_on__isnull=False),
                name="agreement_effect_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(effective_on=None) | Q(dropped_at=None), name="agreement_dropped_has_no_effect"
            ),
            models.CheckConstraint(
                condition=Q(set_aside_on=None) | ~Q(court_document=""), name="agreement_set_aside_by_paper"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.serial}"


class AgreementMark(models.Model):
    """One needed mark: whose, how, made on which day, before whom; its scan comes later and decides nothing.

    A party's mark by somebody else names the `mandate` under which it was made. The reviewer is another
    person than who entered it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="marks")
    role = models.CharField(max_length=10, choices=MarkRole.choices())
    party = models.ForeignKey(CaseParty, models.PROTECT, null=True, related_name="+")
    mediator = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    manner = models.CharField(max_length=12, choices=MarkManner.choices())
    signed_by = models.CharField(max_length=10, choices=SignedBy.choices(), default=SignedBy.SELF)
    mandate_id = models.UUIDField(null=True, blank=True)
    made_on = models.DateField()
    witness = EncryptedField(null=True, blank=True)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    reviewed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    scan = models.ForeignKey("mediation.Document", models.PROTECT, null=True, related_name="+")
    scanned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "mediation_agreement_mark"
        ordering = ["agreement", "recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=MarkRole.values()), name="mark_role_known"),
            models.CheckConstraint(condition=Q(manner__in=MarkManner.values()), name="mark_manner_known"),
            models.CheckConstraint(
                condition=Q(role=MarkRole.PARTY, party__isnull=False, mediator=None)
                | Q(role=MarkRole.MEDIATOR, party=None, mediator__isnull=False)
                | Q(role=MarkRole.SEAL, party=None, mediator=None),
                name="mark_is_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(signed_by=SignedBy.SELF) | Q(role=MarkRole.PARTY, mandate_id__isnull=False),
                name="mark_by_proxy_has_mandate",
            ),
            models.CheckConstraint(
                condition=~Q(manner=MarkManner.FINGERPRINT) | Q(witness__isnull=False),
                name="mark_fingerprint_has_witness",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("recorded_by")), name="mark_second_person"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewed_by=None)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="mark_reviewed_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["agreement", "party"], condition=Q(party__isnull=False), name="mark_party_once"
            ),
            models.UniqueConstraint(
                fields=["agreement", "mediator"],
                condition=Q(mediator__isnull=False),
                name="mark_mediator_once",
            ),
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(role=MarkRole.SEAL), name="mark_seal_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.made_on}"


class DateCorrection(models.Model):
    """A stated day put right: of a mark, or (`mark` empty) the day an oral agreement was reached. In force
    once a second person has agreed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="corrections")
    mark = models.ForeignKey(AgreementMark, models.PROTECT, null=True, related_name="corrections")
    was = models.DateField()
    becomes = models.DateField()
    reason = models.CharField(max_length=400)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    agreed = models.BooleanField(null=True)

    class Meta:
        db_table = "mediation_date_correction"
        ordering = ["agreement", "asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="correction_second_person"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, agreed=None) | Q(decided_at__isnull=False, agreed__isnull=False),
                name="correction_decided_somehow",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="correction_has_reason"),
            models.UniqueConstraint(
                fields=["agreement", "mark"],
                condition=Q(decided_at=None),
                nulls_distinct=False,
                name="correction_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.was} → {self.becomes}"


class Obligation(models.Model):
    """What one party owes another by an agreement; of instalments each is one, `part` of `parts` in a series.

    `falls_due_at`/`due_at` are 00:00 and 24:00 of `due_on` while it is open; `fell_due_at`/`overdue_at` are
    the flags of the job, once, with the true time.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="obligations")
    series = models.UUIDField()
    part = models.SmallIntegerField(default=1)
    parts = models.SmallIntegerField(default=1)
    debtor = models.ForeignKey(CaseParty, models.PROTECT, related_name="+")
    creditor = models.ForeignKey(CaseParty, models.PROTECT, null=True, related_name="+")
    what = EncryptedField()
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    state = models.CharField(max_length=12, choices=ObligationState.choices(), default=ObligationState.OPEN)
    due_on = models.DateField(null=True, blank=True)
    falls_due_at = models.DateTimeField(null=True, blank=True)
    fell_due_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    overdue_at = models.DateTimeField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        db_table = "mediation_obligation"
        ordering = ["agreement", "due_on", "series", "part"]
        indexes = [
            models.Index(fields=["due_at"], name="obligation_due", condition=Q(due_at__isnull=False)),
            models.Index(
                fields=["falls_due_at"], name="obligation_falls_due", condition=Q(falls_due_at__isnull=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["series", "part"], name="obligation_part_once"),
            models.CheckConstraint(
                condition=Q(state__in=ObligationState.values()), name="obligation_state_known"
            ),
            models.CheckConstraint(condition=Q(amount=None) | Q(amount__gt=0), name="obligation_amount"),
            models.CheckConstraint(
                condition=Q(part__gte=1, part__lte=F("parts")), name="obligation_part_of_parts"
            ),
            models.CheckConstraint(
                condition=Q(creditor=None) | ~Q(creditor=F("debtor")), name="obligation_not_to_oneself"
            ),
            models.CheckConstraint(
                condition=Q(state=ObligationState.OPEN) | Q(due_at=None, falls_due_at=None),
                name="obligation_over_has_no_clock",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part}/{self.parts} {self.state}"


class Performance(models.Model):
    """One performance, also a partial one, on the day it was done. Insert-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="performances")
    done_on = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "mediation_performance"
        ordering = ["obligation", "done_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount=None) | Q(amount__gt=0), name="performance_amount")
        ]

    def __str__(self) -> str:
        return str(self.done_on)


class ObligationTransition(StepRow):
    """One step of an obligation."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="transitions")

    class Meta:
        db_table = "mediation_obligation_transition"
        ordering = ["at", "id"]
