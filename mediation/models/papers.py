from django.db import models
from django.db.models import F, Q

from kernel.ids import uuid7
from mediation.channels import Channel
from mediation.models.cases import Case, CaseParty
from mediation.models.numbers import CommitteeRegister
from mediation.visibility import CopyKind
from privacy.codes import RecipientKind


class NumberBlock(models.Model):
    """Numbers of a committee that were reserved to be written on paper on a day without power (PM-F2)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    register = models.ForeignKey(CommitteeRegister, models.PROTECT, related_name="blocks")
    year = models.SmallIntegerField()
    first = models.IntegerField()
    last = models.IntegerField()
    reason = models.CharField(max_length=200)
    reserved_at = models.DateTimeField()
    reserved_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        db_table = "mediation_number_block"
        ordering = ["-reserved_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["register", "year", "first"], name="number_block_once"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="number_block_range"),
        ]

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"


class BlockNumber(models.Model):
    """A number of a block that is settled: given to a case, or void with its reason. What has no row is still
    open."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    block = models.ForeignKey(NumberBlock, models.PROTECT, related_name="numbers")
    serial = models.IntegerField()
    case = models.OneToOneField(Case, models.PROTECT, null=True, blank=True, related_name="+")
    void_reason = models.CharField(max_length=200, blank=True, default="")
    settled_at = models.DateTimeField()
    settled_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "mediation_block_number"
        ordering = ["serial"]
        constraints = [
            models.UniqueConstraint(fields=["block", "serial"], name="block_number_once"),
            models.CheckConstraint(
                condition=Q(case__isnull=False, void_reason="") | Q(case=None) & ~Q(void_reason=""),
                name="block_number_used_or_void",
            ),
        ]

    def __str__(self) -> str:
        return str(self.serial)


class DossierCopy(models.Model):
    """A copy of a file that was made: which kind, for whom, what was missing, and the hash of its bytes. The
    bytes are not kept: they are made from the file again. `party` is whose copy it is; `referral` with
    which a set went to its channel."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="copies")
    kind = models.CharField(max_length=12, choices=CopyKind.choices())
    party = models.ForeignKey(CaseParty, models.PROTECT, null=True, blank=True, related_name="+")
    referral = models.ForeignKey("mediation.Referral", models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=20, choices=Channel.choices(), blank=True, default="")
    recipient_kind = models.CharField(max_length=20, choices=RecipientKind.choices())
    recipient = models.CharField(max_length=100)
    agreed_on = models.DateField(null=True, blank=True)
    form = models.CharField(max_length=4, choices=[("pdf", "PDF"), ("docx", "DOCX")])
    missing = models.JSONField(default=list)
    sha256 = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    role = models.CharField(max_length=24)

    class Meta:
        db_table = "mediation_dossier_copy"
        ordering = ["-made_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=CopyKind.values()), name="copy_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind__in=(CopyKind.PARTY, CopyKind.TRANSFER)) | Q(party__isnull=False),
                name="copy_of_a_party_names_it",
            ),
            models.CheckConstraint(
                condition=Q(kind=CopyKind.TRANSFER, agreed_on__isnull=False) & ~Q(channel="")
                | ~Q(kind=CopyKind.TRANSFER) & Q(channel=""),
                name="copy_transfer_has_channel_and_word",
            ),
            models.CheckConstraint(
                condition=Q(referral=None) | Q(kind=CopyKind.TRANSFER),
                name="copy_of_a_referral_is_a_set",
            ),
            models.CheckConstraint(condition=~Q(recipient=""), name="copy_names_its_recipient"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.made_at}"
