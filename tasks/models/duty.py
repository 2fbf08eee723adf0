from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from accounts.models import Organisation, User
from kernel.ids import uuid7
from tasks.codes import DutyPost

NOTE_MAX = 2000


class TimeRange(Func):
    """`tstzrange(from, to)`, half-open: the instant `to` is the first one outside."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class DutyShift(models.Model):
    """值班: one person on one post of a centre's or station's duty list, half-open.

    Two on one post, or one person twice at once, are refused by the database. The note is what the one who
    goes off tells the next one, who signs for it; it names no party.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    post = models.CharField(max_length=8, choices=DutyPost.choices())
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    entered_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=400, blank=True, default="")
    note = models.CharField(max_length=NOTE_MAX, blank=True, default="")
    handed_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "tasks_duty_shift"
        ordering = ["starts_at", "post", "id"]
        indexes = [
            models.Index(fields=["organisation", "starts_at"], name="duty_shift_of_organisation"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(post__in=DutyPost.values()), name="duty_post_known"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="duty_times_ordered"),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True, taken_by__isnull=True)
                | Q(taken_at__isnull=False, taken_by__isnull=False, handed_at__isnull=False),
                name="duty_taken_after_handed",
            ),
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True) | ~Q(taken_by=F("person")), name="duty_not_taken_by_self"
            ),
            ExclusionConstraint(
                name="duty_post_held_once",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    ("post", RangeOperators.EQUAL),
                    (TimeRange("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(cancelled_at__isnull=True),
            ),
            ExclusionConstraint(
                name="duty_person_in_one_place",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (TimeRange("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(cancelled_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.starts_at:%Y-%m-%d %H:%M}"
