from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q

from kernel.ids import uuid7


class DateRange(Func):
    """`daterange(from, to)`, half-open: the day `to` is the first one outside."""

    function = "DATERANGE"
    output_field = DateRangeField()


class AreaLevel(models.TextChoices):
    """Levels of the division tree, widest first."""

    PROVINCE = "province", "省 province"
    CITY = "city", "市 city"
    DISTRICT = "district", "区县 district"
    STREET = "street", "街道 street"
    COMMUNITY = "community", "社区 community"


class Area(models.Model):
    """区划: one division with its 12-digit code (GR-6). No geometry here: shapes belong to `grids`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=100)
    level = models.CharField(max_length=12, choices=AreaLevel)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    rev = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["code"]
        indexes = [models.Index(fields=["code"], name="area_by_code")]
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^[0-9]{12}$"), name="area_code_twelve_digits"),
            models.CheckConstraint(condition=Q(level__in=AreaLevel.values), name="area_level_known"),
            models.CheckConstraint(
                condition=Q(level="province") | Q(parent__isnull=False), name="area_has_parent"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=models.F("valid_from")),
                name="area_dates_ordered",
            ),
            ExclusionConstraint(
                name="area_code_once_a_day",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.code
