from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Coalesce

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
    # Since when the code is this one; empty: from the first day. Earlier ones stand in `AreaChange`.
    code_from = models.DateField(null=True, blank=True)
    # What a search looks through: name, pinyin, initials and code (`accounts/naming.py`).
    search = models.CharField(max_length=600, default="", blank=True)
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
                    (DateRange(Coalesce("code_from", "valid_from"), "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(code_from__isnull=True) | Q(code_from__gte=models.F("valid_from")),
                name="area_code_within_its_days",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class AreaChangeKind(models.TextChoices):
    """What became of a division. The first three go on as the same division under another code or name."""

    RECODED = "recoded", "变更代码 recoded"
    RENAMED = "renamed", "更名 renamed"
    MOVED = "moved", "改变隶属 moved"
    MERGED = "merged", "并入 merged"
    SPLIT = "split", "拆分 split"


class AreaChange(models.Model):
    """One line of the yearly change of division codes: old → new, from a day on (GR-6). Append-only.

    `into` is `area` itself where the division goes on; for a merger or a split the one that has the new code.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    into = models.ForeignKey(Area, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=AreaChangeKind)
    day = models.DateField()
    old_code = models.CharField(max_length=12)
    new_code = models.CharField(max_length=12)
    old_name = models.CharField(max_length=100)
    new_name = models.CharField(max_length=100)
    old_parent = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    document = models.CharField(max_length=200, blank=True, default="")
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-day", "old_code", "new_code"]
        indexes = [
            models.Index(fields=["area", "day"], name="areachange_of_area"),
            models.Index(fields=["old_code"], name="areachange_by_old_code"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AreaChangeKind.values), name="areachange_kind_known"),
            models.CheckConstraint(
                condition=Q(kind__in=["merged", "split"]) | Q(into=models.F("area")),
                name="areachange_goes_on_as_itself",
            ),
            models.UniqueConstraint(fields=["area", "into", "day", "old_code"], name="areachange_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.old_code} → {self.new_code}"
