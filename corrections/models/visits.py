from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.db.models import Q

from accounts.models import User
from corrections.codes import AttemptWay, PlaceVerdict, VisitOutcome, Witness
from corrections.models.contacts import DueContact
from corrections.models.people import Subject
from edge.encryption import EncryptedField
from grids.models import LeaveArea
from kernel.codes.law import ContactForm, CoordinateSystem
from kernel.ids import uuid7


class Visit(models.Model):
    """走访: a contact, or an attempt that did not reach the person. Append-only, but for its words and the
    way of an attempt, which its author may amend; earlier ones are kept (`VisitVersion`).

    `place_verdict` and `place_reasons` are the machine's; what the officer thinks is a `Judgement`.
    `fix_trusted`: the time of the fix may order it among the person's others.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rev = models.BigIntegerField(default=0)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="visits")
    contact = models.ForeignKey(DueContact, models.PROTECT, null=True, blank=True, related_name="visits")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    device_id = models.UUIDField(null=True, blank=True)
    form = models.CharField(max_length=1, choices=ContactForm.choices())
    outcome = models.CharField(max_length=12, choices=VisitOutcome.choices())
    way = models.CharField(max_length=8, choices=AttemptWay.choices(), blank=True, default="")
    note = EncryptedField(max_length=12000, null=True, blank=True)
    made_at = models.DateTimeField()
    received_at = models.DateTimeField()
    # When the author made the version that stands, by the phone's corrected clock; empty: the first stands.
    amended_at = models.DateTimeField(null=True, blank=True)
    clock_off = models.BooleanField(default=False)
    # By what the phone's key proves it: '' not at all, 'batch', or 'item' from the moment it was made.
    signed = models.CharField(max_length=8, blank=True, default="")
    # By whom the person was met (C-10); kept off phones.
    witness = models.CharField(max_length=8, choices=Witness.choices(), blank=True, default="")
    witnessed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    in_quiet_hours = models.BooleanField(default=False)
    no_point_reason = models.CharField(max_length=24, blank=True, default="")
    leave_area = models.ForeignKey(LeaveArea, models.PROTECT, null=True, blank=True, related_name="+")
    place_verdict = models.CharField(max_length=10, choices=PlaceVerdict.choices())
    place_reasons = ArrayField(models.CharField(max_length=24), default=list)
    fix_at = models.DateTimeField(null=True, blank=True)
    fix_trusted = models.BooleanField(default=False)
    phone_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "id"]
        indexes = [
            models.Index(fields=["subject", "fix_at"], name="visit_of_subject"),
            models.Index(fields=["contact"], name="visit_of_contact"),
            models.Index(fields=["author"], name="visit_of_author", condition=Q(phone_until__isnull=False)),
            models.Index(
                fields=["phone_until"], name="visit_off_phone", condition=Q(phone_until__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=VisitOutcome.values()), name="visit_outcome_known"
            ),
            models.CheckConstraint(condition=Q(form__in=ContactForm.values()), name="visit_form_known"),
            models.CheckConstraint(
                condition=Q(place_verdict__in=PlaceVerdict.values()), name="visit_verdict_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome="met", way="") | Q(outcome="not_reached", way__in=AttemptWay.values()),
                name="visit_attempt_has_way",
            ),
            models.CheckConstraint(
                condition=Q(witness="") | Q(witness__in=Witness.values(), witnessed_by__isnull=False),
                name="visit_witness_named",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class VisitVersion(models.Model):
    """What its author had said of a visit before: version `rev`, which stood until `until`. Insert-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="versions")
    rev = models.BigIntegerField()
    way = models.CharField(max_length=8, choices=AttemptWay.choices(), blank=True, default="")
    note = EncryptedField(max_length=12000, null=True, blank=True)
    signed = models.CharField(max_length=8, blank=True, default="")
    device_id = models.UUIDField(null=True, blank=True)
    until = models.DateTimeField()

    class Meta:
        ordering = ["visit_id", "rev"]
        constraints = [models.UniqueConstraint(fields=["visit", "rev"], name="visit_version_once")]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.rev}"


class VisitFix(models.Model):
    """One fix of a visit: what the phone declared, and what we made of it. The first has number 0."""

    id = models.BigAutoField(primary_key=True)
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="fixes")
    number = models.PositiveSmallIntegerField()
    point = models.PointField(srid=4326, spatial_index=False)
    raw_lon_e7 = models.BigIntegerField()
    raw_lat_e7 = models.BigIntegerField()
    crs = models.CharField(max_length=12, choices=CoordinateSystem.choices())
    accuracy_cm = models.IntegerField(null=True, blank=True)
    fix_at = models.DateTimeField(null=True, blank=True)
    provider = models.CharField(max_length=40, blank=True, default="")
    # Signed metres to the boundary of the leave area, positive inside; empty without one.
    distance_m = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ["visit_id", "number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(crs__in=CoordinateSystem.values()), name="visit_fix_crs_declared"
            ),
            models.UniqueConstraint(fields=["visit", "number"], name="visit_fix_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class PlaceFlagState(models.TextChoices):
    OPEN = "open", "待查看 open"
    WITHDRAWN = "withdrawn", "已撤回 withdrawn"
    LOOKED_AT = "looked_at", "已查看 looked at"


class PlaceFlag(models.Model):
    """For an officer to look at: the person was last seen outside the leave area. Nothing follows by itself.

    Carries the time of the fix and of its arrival. Later data may take it back; the row stays, with the
    visit that took it back.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    fix_at = models.DateTimeField()
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=PlaceFlagState, default=PlaceFlagState.OPEN)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_by = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-opened_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=PlaceFlagState.values), name="place_flag_state_known"
            ),
            models.UniqueConstraint(fields=["visit"], name="place_flag_once_a_visit"),
            models.UniqueConstraint(
                fields=["subject"], condition=Q(state="open"), name="place_flag_one_open"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Judgement(models.Model):
    """An officer's judgement on a visit, beside the machine's verdict and never in its place. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="judgements")
    place = models.CharField(max_length=10, choices=PlaceVerdict.choices(), blank=True, default="")
    accepted = models.BooleanField()
    reason = EncryptedField(max_length=4000)
    judged_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    judged_at = models.DateTimeField()

    class Meta:
        ordering = ["visit_id", "judged_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(place="") | Q(place__in=PlaceVerdict.values()), name="judgement_place_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
