from django.db import models
from django.db.models import F, Q

from accounts.models import User
from corrections.codes import ContactState, ExcuseCode
from corrections.models.people import Subject
from corrections.models.plans import PlanLine
from edge.encryption import EncryptedField
from kernel.codes.law import ContactForm
from kernel.ids import uuid7


class DueContact(models.Model):
    """A contact that is due: the row is there before it happens, so that "missed" is a fact and not an
    absence.

    `opens_at`, `due_at`, `grace_until` are half-open limits (`corrections/machine.py: LIMITS`); `next_at`
    is the moment at which the job looks again. `on_phone`: members of the group hold it now.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rev = models.BigIntegerField(default=0)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="contacts")
    line = models.ForeignKey(PlanLine, models.PROTECT, related_name="contacts")
    # The number within the line; empty for one that an officer added.
    slot = models.PositiveIntegerField(null=True, blank=True)
    form = models.CharField(max_length=1, choices=ContactForm.choices())
    open_day = models.DateField()
    due_day = models.DateField()
    opens_at = models.DateTimeField()
    due_at = models.DateTimeField()
    grace_until = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    quiet_from = models.TimeField()
    quiet_to = models.TimeField()
    state = models.CharField(max_length=10, choices=ContactState.choices(), default=ContactState.PLANNED)
    next_at = models.DateTimeField(null=True, blank=True)
    # When the agency's review of a missed contact opens by itself.
    review_at = models.DateTimeField(null=True, blank=True)
    on_phone = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True, blank=True)
    excuse = models.CharField(max_length=12, choices=ExcuseCode.choices(), blank=True, default="")
    # Why one above the plan's most is proportionate (CCL-34a).
    above_plan_note = EncryptedField(max_length=4000, null=True, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(fields=["next_at"], name="contact_next", condition=Q(next_at__isnull=False)),
            models.Index(fields=["subject", "due_day"], name="contact_of_subject"),
            models.Index(
                fields=["review_at"], name="contact_to_review", condition=Q(review_at__isnull=False)
            ),
            models.Index(fields=["line", "due_day"], name="contact_of_line"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ContactState.values()), name="contact_state_known"),
            models.CheckConstraint(condition=Q(form__in=ContactForm.values()), name="contact_form_known"),
            models.CheckConstraint(
                condition=Q(opens_at__lt=F("due_at")) & Q(due_at__lte=F("grace_until")),
                name="contact_limits_ordered",
            ),
            models.CheckConstraint(
                condition=~Q(state="excused") & Q(excuse="")
                | Q(state="excused", excuse__in=ExcuseCode.values()),
                name="contact_excused_has_code",
            ),
            models.UniqueConstraint(fields=["line", "slot"], name="contact_slot_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ContactStep(models.Model):
    """One transition of a due contact. `at` is when it truly happened, `recorded_at` when we knew."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contact = models.ForeignKey(DueContact, models.PROTECT, related_name="steps")
    event = models.CharField(max_length=16)
    source = models.CharField(max_length=10)
    target = models.CharField(max_length=10)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=24, blank=True, default="")
    acting_for = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=20, blank=True, default="")
    reason_text = EncryptedField(max_length=4000, null=True, blank=True)
    visit = models.ForeignKey("corrections.Visit", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["contact_id", "recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["contact", "event"], name="contact_step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.target}"


class Naming(models.Model):
    """A worker named for one visit of an adult without being in the group."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contact = models.ForeignKey(DueContact, models.PROTECT, related_name="namings")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    named_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["contact_id", "named_at"]
        indexes = [models.Index(fields=["user"], name="naming_of_user", condition=Q(ended_at__isnull=True))]
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "user"], condition=Q(ended_at__isnull=True), name="naming_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
