from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from accounts.models.places import DateRange
from corrections.codes import MemberKind, Sex
from corrections.models.people import Subject
from edge.encryption import EncryptedField
from kernel.ids import uuid7


class GroupState(models.TextChoices):
    DRAFT = "draft", "组建中 draft"
    ACTIVE = "active", "已启用 active"
    ENDED = "ended", "已结束 ended"


class MemberState(models.TextChoices):
    PLANNED = "planned", "未到日期 planned"
    IN_FORCE = "in_force", "在组 in force"
    ENDED = "ended", "已离组 ended"


class Group(models.Model):
    """矫正小组 of one person (CCL-25). Only its members in force get the person's visits on a phone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="groups")
    state = models.CharField(max_length=8, choices=GroupState, default=GroupState.DRAFT)
    agreement_signed_on = models.DateField(null=True, blank=True)
    activated_at = models.DateTimeField(null=True, blank=True)
    activated_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["subject_id", "-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=GroupState.values), name="group_state_known"),
            models.UniqueConstraint(
                fields=["subject"], condition=~Q(state="ended"), name="group_one_for_a_person"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Member(models.Model):
    """A member of a group, from `valid_from` to the day before `valid_to`.

    `user` is empty for those who are not users (family, school): they see nothing in the system. `state`
    follows the dates by a job, because what phones hold may depend on tables alone and not on the hour; who
    leaves before a planned end leaves at once (`ended_at`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    group = models.ForeignKey(Group, models.PROTECT, related_name="members")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    name = EncryptedField(max_length=1000, null=True, blank=True)
    kind = models.CharField(max_length=16, choices=MemberKind.choices())
    sex = models.CharField(max_length=1, choices=Sex.choices())
    knows_minors = models.BooleanField(default=False)
    # What the member has undertaken (CCM-19), by codes.
    duties = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=MemberState)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["group_id", "valid_from", "id"]
        indexes = [
            models.Index(fields=["user"], name="member_of_user", condition=Q(state="in_force")),
            models.Index(fields=["valid_from"], name="member_to_begin", condition=Q(state="planned")),
            models.Index(fields=["valid_to"], name="member_to_leave", condition=~Q(state="ended")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MemberState.values), name="member_state_known"),
            models.CheckConstraint(condition=Q(kind__in=MemberKind.values()), name="member_kind_known"),
            models.CheckConstraint(condition=Q(sex__in=Sex.values()), name="member_sex_known"),
            models.CheckConstraint(
                condition=Q(user__isnull=False, name__isnull=True) | Q(user__isnull=True, name__isnull=False),
                name="member_user_or_name",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="member_dates_ordered",
            ),
            ExclusionConstraint(
                name="member_once_a_day",
                expressions=[
                    ("group", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                condition=Q(user__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
