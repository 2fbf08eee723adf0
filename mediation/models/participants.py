from django.db import models
from django.db.models import F, Q

from edge.encryption import EncryptedField
from kernel.ids import uuid7
from mediation.codes import (
    OF_A_PARTY,
    GuardianBasis,
    NoticeWay,
    PersonKind,
    WordForm,
)
from mediation.models.cases import Case, CaseParty, Word


class Participant(models.Model):
    """Somebody else at the table: who acts for a party, who helps one, who translates.

    Name and numbers stand sealed under the person's own key; the blind indexes show whether it is the other
    side. `document`: the paper it rests on (a mandate, a family register). `may_settle`: whether an agent may
    agree in the party's place.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="participants")
    party = models.ForeignKey(CaseParty, models.PROTECT, null=True, related_name="participants")
    kind = models.CharField(max_length=16, choices=PersonKind.choices())
    basis = models.CharField(max_length=16, blank=True, default="", choices=GuardianBasis.choices())
    may_settle = models.BooleanField(null=True)
    document = models.CharField(max_length=200, blank=True, default="")
    language = models.CharField(max_length=60, blank=True, default="")
    key_id = models.UUIDField()
    name = EncryptedField()
    phone = EncryptedField(null=True, blank=True)
    id_number = EncryptedField(null=True, blank=True)
    name_index = models.BinaryField(max_length=32)
    phone_index = models.BinaryField(max_length=32, null=True)
    id_index = models.BinaryField(max_length=32, null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=400, blank=True, default="")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        db_table = "mediation_participant"
        ordering = ["added_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PersonKind.values()), name="participant_kind_known"),
            models.CheckConstraint(
                condition=(Q(kind__in=sorted(OF_A_PARTY)) & Q(party__isnull=False))
                | (~Q(kind__in=sorted(OF_A_PARTY)) & Q(party__isnull=True)),
                name="participant_of_a_party",
            ),
            models.CheckConstraint(
                condition=~Q(kind=PersonKind.AGENT) | (Q(may_settle__isnull=False) & ~Q(document="")),
                name="participant_agent_has_mandate",
            ),
            models.CheckConstraint(
                condition=~Q(kind=PersonKind.GUARDIAN) | ~Q(basis=""),
                name="participant_guardian_has_basis",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="participant_dates"
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class RightsNotice(Word):
    """权利义务告知 (PM-30b): that a party was told, before the first session, what mediation is, its
    principles and effect, and which rights it has. `form`: how the party confirmed it; by post nothing but
    the posting is on record."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey(CaseParty, models.PROTECT, related_name="notices")
    way = models.CharField(max_length=12, choices=NoticeWay.choices())

    class Meta:
        db_table = "mediation_rights_notice"
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(form=WordForm.FINGERPRINT) | Q(witness__isnull=False),
                name="rights_notice_fingerprint_has_witness",
            ),
            models.CheckConstraint(condition=Q(way__in=NoticeWay.values()), name="rights_notice_way_known"),
        ]

    def __str__(self) -> str:
        return self.way
