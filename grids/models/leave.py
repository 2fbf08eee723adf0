from django.contrib.gis.db import models
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db.models import F, Q

from accounts.models import Area, User
from accounts.models.places import DateRange
from kernel.ids import uuid7


class LeaveArea(models.Model):
    """活动区域: where a person whose execution place lies in `unit` may be without leave.

    Computed from the unit (`grids/leave.py`), never chosen; the agency confirms it with a date.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Area, models.PROTECT, related_name="+")
    # The union of the members' shapes on the day of computing, without the slits between them.
    geom = models.MultiPolygonField(srid=4326)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField()
    # Since when the tree or the shapes give another one; it holds until the agency confirms a new one.
    outdated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["unit", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="leavearea_dates_ordered",
            ),
            ExclusionConstraint(
                name="leavearea_once_a_day",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class LeaveAreaMember(models.Model):
    """One district or county that belongs to a leave area."""

    leave_area = models.ForeignKey(LeaveArea, models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["leave_area", "area"], name="leaveareamember_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
