from django.db import models
from django.db.models import Q

from edge.encryption import EncryptedField
from kernel.ids import uuid7
from mediation.models.cases import Case, CaseMediator, CaseParty
from mediation.models.sessions import FORMS_OF_WORDS, Session
from mediation.visibility import CaucusKind, CaucusWordKind, DocumentKind, NoteKind, Visibility

ONE_PARTY_IS_NAMED = Q(visibility="one_party", party__isnull=False) | ~Q(visibility="one_party")


class Note(models.Model):
    """A note of a case, sealed under the party's key or the case's. Never changed: a correction is a new note
    that `replaces` it, and both stay."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    session = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="notes")
    party = models.ForeignKey(CaseParty, models.PROTECT, null=True, blank=True, related_name="+")
    visibility = models.CharField(max_length=12, choices=Visibility.choices())
    kind = models.CharField(max_length=16, choices=NoteKind.choices())
    text = EncryptedField()
    written_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    role = models.CharField(max_length=24)
    at = models.DateTimeField()
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    class Meta:
        db_table = "mediation_note"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values()), name="note_visibility_known"
            ),
            models.CheckConstraint(condition=ONE_PARTY_IS_NAMED, name="note_of_one_party_names_it"),
            models.CheckConstraint(condition=Q(kind__in=NoteKind.values()), name="note_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind="minutes")
                | Q(session__isnull=False, visibility__in=("all_parties", "mediators")),
                name="note_minutes_of_a_session",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.visibility}"


class CaucusNote(models.Model):
    """What a party said to its mediator alone. A table of its own, so that nothing that reads notes can show
    one.

    Read by that mediator while in the case, and by a new one whom the party has allowed it. `text` and
    `answer` are emptied when the note is destroyed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="+")
    party = models.ForeignKey(CaseParty, models.PROTECT, related_name="+")
    mediator = models.ForeignKey(CaseMediator, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=CaucusKind.choices())
    text = EncryptedField(null=True, blank=True)
    answer = EncryptedField(null=True, blank=True)
    at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "mediation_caucus_note"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=CaucusKind.values()), name="caucus_kind_known"),
            models.CheckConstraint(
                condition=Q(destroyed_at=None, kind="talk", text__isnull=False, answer=None)
                | Q(destroyed_at=None, kind="limit", text=None, answer__isnull=False)
                | Q(destroyed_at__isnull=False, text=None, answer=None),
                name="caucus_note_is_whole_or_gone",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class CaucusWord(models.Model):
    """A party's word about the notes of its talks alone: keep, destroy, or let this mediator read them.
    Append-only; the last word of a kind counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey(CaseParty, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=CaucusWordKind.choices())
    mediator = models.ForeignKey(CaseMediator, models.PROTECT, null=True, blank=True, related_name="+")
    form = models.CharField(max_length=12, choices=FORMS_OF_WORDS)
    said_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        db_table = "mediation_caucus_word"
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=CaucusWordKind.values()), name="caucus_word_known"),
            models.CheckConstraint(
                condition=Q(kind="hand_over", mediator__isnull=False)
                | ~Q(kind="hand_over") & Q(mediator=None),
                name="caucus_word_hand_over_names_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class Document(models.Model):
    """A paper of a case: what it is, whose, who may see it, and its picture once it was uploaded.

    `blob` holds the bytes under the party's or the case's key; `sha256` is of the file as it came.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    session = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="+")
    party = models.ForeignKey(CaseParty, models.PROTECT, null=True, blank=True, related_name="+")
    visibility = models.CharField(max_length=12, choices=Visibility.choices())
    kind = models.CharField(max_length=20, choices=DocumentKind.choices())
    title = EncryptedField()
    dated_on = models.DateField(null=True, blank=True)
    original_at = models.CharField(max_length=100, blank=True, default="")
    added_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    role = models.CharField(max_length=24)
    added_at = models.DateTimeField()
    key_id = models.UUIDField()
    blob = models.ForeignKey("sync.Blob", models.PROTECT, null=True, blank=True, related_name="+")
    sha256 = models.BinaryField(max_length=32, null=True, blank=True)
    uploaded_at = models.DateTimeField(null=True, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    class Meta:
        db_table = "mediation_document"
        ordering = ["added_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values()), name="document_visibility_known"
            ),
            models.CheckConstraint(condition=ONE_PARTY_IS_NAMED, name="document_of_one_party_names_it"),
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values()), name="document_kind_known"),
            models.CheckConstraint(
                condition=Q(blob=None, uploaded_at=None) | Q(blob__isnull=False, uploaded_at__isnull=False),
                name="document_uploaded_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.visibility}"
