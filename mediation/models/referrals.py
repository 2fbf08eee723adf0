from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from edge.encryption import EncryptedField
from kernel.ids import uuid7
from mediation.channels import Channel, Part
from mediation.models.steps import StepRow
from mediation.referral import WITH_THE_CHANNEL, ReferralKind, ReferralOutcome, ReferralState, StopForm

GONE_OUT = tuple(
    state for state in ReferralState.values() if state not in {"draft", "agreed", "recalled", "went_alone"}
)


class Referral(models.Model):
    """转介 of a dispute's party to one channel. The fields of the channel's paper are one text under the
    party's key.

    `answer_due_at` runs while the channel has it and has not answered; `no_answer_at` is the flag, once, with
    the true time. `limit_on`: the earliest last day of the clocks that ran for the party, by
    which legal aid is urgent (LA-44).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dispute = models.ForeignKey("disputes.Dispute", models.PROTECT, related_name="+")
    party = models.ForeignKey("disputes.DisputeParty", models.PROTECT, related_name="+")
    street = models.ForeignKey("accounts.Area", models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20, choices=Channel.choices())
    kind = models.CharField(max_length=8, choices=ReferralKind.choices())
    state = models.CharField(max_length=16, choices=ReferralState.choices(), default=ReferralState.DRAFT)
    recipient = models.CharField(max_length=80)
    details = EncryptedField(null=True)
    act_of_organ = models.BooleanField(default=False)
    organ_mediated = models.BooleanField(default=False)
    review_first = models.BooleanField(default=False)
    known_on = models.DateField(null=True)
    limit_on = models.DateField(null=True)

    agreed_on = models.DateField(null=True)
    sent_on = models.DateField(null=True)
    received_on = models.DateField(null=True)
    answer_last_day = models.DateField(null=True)
    answer_due_at = models.DateTimeField(null=True)
    no_answer_at = models.DateTimeField(null=True)
    accepted_on = models.DateField(null=True)
    document_no = models.CharField(max_length=80, blank=True, default="")
    outcome = models.CharField(max_length=12, blank=True, default="", choices=ReferralOutcome.choices())
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "mediation_referral"
        ordering = ["-made_at", "id"]
        indexes = [
            models.Index(fields=["dispute"], name="referral_of_dispute"),
            models.Index(fields=["street", "state"], name="referral_of_street"),
            models.Index(
                fields=["answer_due_at"], name="referral_answer_due", condition=Q(answer_due_at__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ReferralState.values()), name="referral_state_known"
            ),
            models.CheckConstraint(condition=Q(channel__in=Channel.values()), name="referral_channel_known"),
            models.CheckConstraint(
                condition=~Q(state__in=GONE_OUT) | Q(agreed_on__isnull=False, sent_on__isnull=False),
                name="referral_out_was_agreed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=WITH_THE_CHANNEL) | Q(answer_due_at=None),
                name="referral_answered_has_no_clock",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"


class ReferralWord(models.Model):
    """What the party lets go: fields of the channel's paper and parts of the file. Insert-only, the latest
    counts; with both lists empty the party has taken its yes back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="words")
    fields = ArrayField(models.CharField(max_length=24), default=list)
    papers = ArrayField(models.CharField(max_length=16, choices=Part.choices()), default=list)
    said_on = models.DateField()
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "mediation_referral_word"
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(papers__contained_by=Part.values()), name="referral_word_parts_known"
            ),
            models.CheckConstraint(
                condition=~Q(fields=[]) | Q(papers=[]), name="referral_word_no_papers_without_fields"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.said_on}"


class ReferralTransition(StepRow):
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="transitions")

    class Meta:
        db_table = "mediation_referral_transition"
        ordering = ["at", "id"]


class ReferralStop(models.Model):
    """停止使用告知 to the channel: what a later word of the party took back of what had gone there. Owed
    until a person has told it; `sent_on` are the days on which it went."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="stops")
    word = models.OneToOneField(ReferralWord, models.PROTECT, related_name="+")
    fields = ArrayField(models.CharField(max_length=24), default=list)
    papers = ArrayField(models.CharField(max_length=16, choices=Part.choices()), default=list)
    sent_on = ArrayField(models.DateField())
    owed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    told_on = models.DateField(null=True)
    form = models.CharField(max_length=12, blank=True, default="", choices=StopForm.choices())
    document_no = models.CharField(max_length=80, blank=True, default="")
    told_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mediation_referral_stop"
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(fields=[]) | ~Q(papers=[]), name="referral_stop_of_something"
            ),
            models.CheckConstraint(
                condition=Q(papers__contained_by=Part.values()), name="referral_stop_parts_known"
            ),
            models.CheckConstraint(condition=Q(sent_on__len__gt=0), name="referral_stop_of_what_went"),
            models.CheckConstraint(
                condition=Q(told_on=None, told_by=None, recorded_at=None, form="")
                | Q(
                    told_on__isnull=False,
                    told_by__isnull=False,
                    recorded_at__isnull=False,
                    form__in=StopForm.values(),
                ),
                name="referral_stop_told_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.told_on}"
