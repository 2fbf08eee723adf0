from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from kernel.ids import uuid7
from mediation.codes import Declaration, Heard, MediatorKind, Relation
from mediation.models.cases import CaseMediator, CaseParty


class Mediator(models.Model):
    """调解员名册: a mediator in a committee's register (PM-13/14), kept by the committee's keeper."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    committee = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=MediatorKind.choices())
    certificate = models.CharField(max_length=60, blank=True, default="")
    specialities = ArrayField(models.CharField(max_length=4), default=list, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=400, blank=True, default="")
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "mediation_mediator"
        ordering = ["committee", "valid_from", "id"]
        indexes = [models.Index(fields=["user"], name="mediator_of_user")]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "user"], condition=Q(ended_on=None), name="mediator_registered_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="mediator_dates"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user_id)


class MediatorAbsence(models.Model):
    """Days (both counted) on which a mediator is not there. `to_day` empty: nobody knows yet."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mediator = models.ForeignKey(Mediator, models.PROTECT, related_name="absences")
    from_day = models.DateField()
    to_day = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        db_table = "mediation_mediator_absence"
        ordering = ["from_day", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_day=None) | Q(to_day__gte=F("from_day")), name="mediator_absence_dates"
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_day}..{self.to_day or ''}"


class MediatorRelation(models.Model):
    """Somebody whom a mediator has named for the conflict check. Only keyed digests are kept: the check can
    be made, the person cannot be read."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    relation = models.CharField(max_length=12, choices=Relation.choices())
    name_index = models.BinaryField(max_length=32, null=True)
    phone_index = models.BinaryField(max_length=32, null=True)
    id_index = models.BinaryField(max_length=32, null=True)
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "mediation_mediator_relation"
        ordering = ["declared_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(name_index__isnull=False)
                | Q(phone_index__isnull=False)
                | Q(id_index__isnull=False),
                name="mediator_relation_says_something",
            )
        ]

    def __str__(self) -> str:
        return self.relation


class ConflictDeclaration(models.Model):
    """回避声明 (PM-AV): signed by a mediator before sitting in a case. Insert-only; no reason is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mediator = models.ForeignKey(CaseMediator, models.PROTECT, related_name="declarations")
    answer = models.CharField(max_length=12, choices=Declaration.choices())
    signed_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        db_table = "mediation_conflict_declaration"
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(answer__in=Declaration.values()), name="declaration_known")
        ]

    def __str__(self) -> str:
        return self.answer


class NamesakeCheck(models.Model):
    """What a person found out about somebody of the case (`person`: a party or a participant)
    who has the name of somebody whom the mediator has named: the same one or another. Insert-only; no reason
    is kept (PM-AV)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mediator = models.ForeignKey(CaseMediator, models.PROTECT, related_name="+")
    person = models.UUIDField()
    same = models.BooleanField()
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        db_table = "mediation_namesake_check"
        ordering = ["decided_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["mediator", "person"], name="namesake_decided_once"),
        ]

    def __str__(self) -> str:
        return "same" if self.same else "another"


class MediatorHeard(models.Model):
    """That a party was told of a mediator, and what it said (PM-19, PM-23). Insert-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mediator = models.ForeignKey(CaseMediator, models.PROTECT, related_name="heard")
    party = models.ForeignKey(CaseParty, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=12, choices=Heard.choices())
    said_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        db_table = "mediation_mediator_heard"
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(answer__in=Heard.values()), name="mediator_heard_known")
        ]

    def __str__(self) -> str:
        return self.answer
