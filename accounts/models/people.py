from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q

from accounts.models.places import Area, DateRange
from kernel.ids import uuid7


class OrganisationKind(models.TextChoices):
    """Kinds of organisation; the legal mediator is the committee, the centre is an office."""

    DISTRICT_GOVERNMENT = "district_government", "区政府 district government"
    STREET = "street", "街道办事处 street office"
    COMMUNITY = "community", "社区 community"
    MEDIATION_CENTRE = "mediation_centre", "街道调解中心 mediation centre"
    COMMITTEE = "committee", "人民调解委员会 people's mediation committee"
    STATION = "station", "司法所 justice station"
    AGENCY = "agency", "社区矫正机构 correction agency"
    BUREAU = "bureau", "司法局 justice bureau"
    POLICE_STATION = "police_station", "派出所 police station"
    PROCURATORATE = "procuratorate", "检察院 procuratorate"
    DEPARTMENT = "department", "职能部门 department"
    COMPLAINTS_OFFICE = "complaints_office", "投诉受理 complaints office"


class UserState(models.TextChoices):
    ACTIVE = "active", "在用 active"
    SUSPENDED = "suspended", "停用 suspended"
    DELETED = "deleted", "注销 deleted"


class MembershipState(models.TextChoices):
    PROPOSED = "proposed", "待确认 proposed"
    CONFIRMED = "confirmed", "生效 confirmed"
    ENDED = "ended", "终止 ended"


class User(AbstractBaseUser):
    """A person who works with the system. Parties and supervised people are never users."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=100)
    state = models.CharField(max_length=12, choices=UserState, default=UserState.ACTIVE)
    # Raised whenever what this person may see changes; a token with an older one gets X-Scope-Changed.
    scope_version = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()

    last_login = None
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = BaseUserManager()

    class Meta:
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=UserState.values), name="user_state_known")
        ]

    def __str__(self) -> str:
        return self.username

    @property
    def is_active(self) -> bool:  # type: ignore[override]  # because the base has an attribute
        return self.state == UserState.ACTIVE


class Organisation(models.Model):
    """A body people belong to. `head` confirms guarded roles; `superior` confirms for the head."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=24, choices=OrganisationKind)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    phone = models.CharField(max_length=40, blank=True, default="")
    superior = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    head = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=OrganisationKind.values), name="organisation_kind_known"
            ),
            models.CheckConstraint(condition=~Q(superior=F("id")), name="organisation_not_own_superior"),
            models.UniqueConstraint(fields=["area", "kind", "name"], name="organisation_named_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One role of one person in one organisation, from `valid_from` to the day before `valid_to`.

    `power` is the exclusion class of the role (administer, audit, decide or none): the database refuses two
    different ones for one person on one day.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(max_length=24)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=MembershipState, default=MembershipState.PROPOSED)
    power = models.CharField(max_length=12, blank=True, default="")
    acting_for = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    acting_document = models.CharField(max_length=200, blank=True, default="")
    # What a deputy may sign 代签范围 (`kernel.signing.Signing`); everybody else signs what the role may.
    acting_signs = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["-proposed_at", "id"]
        indexes = [
            models.Index(fields=["user", "state"], name="membership_of_user"),
            models.Index(fields=["organisation", "role"], name="membership_of_organisation"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=MembershipState.values), name="membership_state_known"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="membership_dates_ordered",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("user")),
                name="membership_not_confirmed_by_self",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False),
                name="membership_confirmed_has_time",
            ),
            models.CheckConstraint(
                condition=Q(acting_for__isnull=True) | ~Q(acting_document=""),
                name="membership_acting_has_document",
            ),
            models.CheckConstraint(
                condition=Q(acting_for__isnull=False) | Q(acting_signs=[]),
                name="membership_signs_as_deputy",
            ),
            ExclusionConstraint(
                name="membership_once_a_day",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(state="ended"),
            ),
            ExclusionConstraint(
                name="membership_powers_exclude",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("power", RangeOperators.NOT_EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(state="ended") & ~Q(power=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.state}"


class PasswordLink(models.Model):
    """A one-time link by which a person sets the own password; only a digest of its secret is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    secret_digest = models.BinaryField(max_length=32)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "accounts_password_link"
        ordering = ["-issued_at"]

    def __str__(self) -> str:
        return str(self.id)
