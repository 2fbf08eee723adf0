from django.db import models
from django.db.models import Q

from accounts.models.people import Membership, User
from kernel.ids import uuid7
from privacy.models import SubjectKey

PUBLIC_KEY_MAX = 200


class DeviceState(models.TextChoices):
    PENDING = "pending", "待启用 pending"
    ACTIVE = "active", "在用 active"
    SUSPENDED = "suspended", "停用 suspended"
    LOST = "lost", "丢失 lost"
    WIPED = "wiped", "已擦除 wiped"
    RETIRED = "retired", "退役 retired"


class Device(models.Model):
    """One phone of one person, made (pending) with its enrolment code.

    The private key never leaves the phone; the server keeps the public one, base64 SubjectPublicKeyInfo.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    public_key = models.CharField(max_length=PUBLIC_KEY_MAX, blank=True, default="")
    label = models.CharField(max_length=100, blank=True, default="")
    platform = models.CharField(max_length=40, blank=True, default="")
    app_version = models.CharField(max_length=40, blank=True, default="")
    state = models.CharField(max_length=12, choices=DeviceState, default=DeviceState.PENDING)
    state_at = models.DateTimeField()
    state_reason = models.CharField(max_length=200, blank=True, default="")
    # 自助终端, which stands in an office: it sends what it signed at once, and is told nothing.
    terminal = models.BooleanField(default=False)
    # What was signed before this moment is kept; what comes after it is quarantined.
    lost_at = models.DateTimeField(null=True, blank=True)
    wiped_at = models.DateTimeField(null=True, blank=True)
    wipe_order = models.UUIDField(null=True, blank=True)
    # A day, not a moment: how often a person touches the phone is nobody's business.
    seen_on = models.DateField(null=True, blank=True)
    # Seals what arrives from this phone before it is known whom it is about.
    key = models.ForeignKey(SubjectKey, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    enrolled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["user"], name="device_of_user")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DeviceState.values), name="device_state_known"),
            models.UniqueConstraint(
                fields=["public_key"], name="device_key_once", condition=~Q(public_key="")
            ),
            models.CheckConstraint(
                condition=~Q(public_key="", state__in=["active", "suspended", "lost", "wiped"]),
                name="device_in_use_has_key",
            ),
            models.CheckConstraint(
                condition=~Q(state="lost") | Q(lost_at__isnull=False, wipe_order__isnull=False),
                name="device_lost_has_order",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class EnrolmentCode(models.Model):
    """一次性注册码: for one person and one device. `selector` finds it; of the secret a digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    selector = models.CharField(max_length=8, unique=True)
    secret_digest = models.BinaryField(max_length=32)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField()
    # Empty only in demo mode, where codes live until they are used.
    expires_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
    device = models.OneToOneField(Device, models.PROTECT, related_name="+")

    class Meta:
        db_table = "accounts_enrolment_code"
        ordering = ["-issued_at"]
        constraints = [models.CheckConstraint(condition=Q(tries__lte=5), name="enrolment_five_tries")]

    def __str__(self) -> str:
        return self.selector
