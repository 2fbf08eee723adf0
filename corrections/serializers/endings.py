from datetime import date
from typing import Any

from rest_framework import serializers

from corrections.clocks import late_days
from corrections.ends import CertificateWay, EndPaper, EndReason, NoticeTo, detention_told_due
from corrections.models import Detention, Ending, EndNotice, Opinion, Transfer
from corrections.opinions import Followed, OpinionKind
from corrections.serializers.decisions import LONG
from corrections.serializers.people import Day
from corrections.serializers.steps import Stepped
from corrections.transfers import applied_late
from edge.conf import setting
from edge.serializers import StrictSerializer
from kernel.deadlines import ran_out


class NoticeRow(serializers.ModelSerializer[Any]):
    class Meta:
        model = EndNotice
        fields = ["to", "sent_on", "sent_by"]


class EndingRow(Stepped):
    """An end with its papers. `in_detention` and `proposal_pending` are for the agency's head to look at."""

    notices = NoticeRow(many=True, read_only=True)

    class Meta:
        model = Ending
        fields = [
            "id", "subject", "reason", "state", "ended_on", "outside_prison", "in_detention",
            "proposal_pending", "document_no", "certificate_no", "certified_on", "certificate_way",
            "released_by", "released_on", "looked_at_by", "created_at", "notices", "steps"
        ]  # fmt: skip


class CertifyRequest(StrictSerializer):
    certificate_no = serializers.CharField(max_length=80)
    issued_on = Day(required=False)
    way = serializers.ChoiceField(CertificateWay.choices(), default=CertificateWay.IN_PERSON.value)


class ReleasedRequest(StrictSerializer):
    organ = serializers.CharField(max_length=150)
    document_no = serializers.CharField(max_length=80)
    on = Day()


class EndingNoticeRequest(StrictSerializer):
    to = serializers.ChoiceField(NoticeTo.choices())
    sent_on = Day()
    document_no = serializers.CharField(max_length=80, help_text="Of the notice, by which it is proved")


class TerminateRequest(StrictSerializer):
    reason = serializers.ChoiceField(EndReason.choices())
    document_no = serializers.CharField(max_length=80)
    on = Day()


class Checklist(serializers.Serializer[Any]):
    """What is looked at before the end: true is still to be done, or to be looked at."""

    summary = serializers.BooleanField()
    appraisal = serializers.BooleanField()
    proposal_pending = serializers.BooleanField()
    detained = serializers.BooleanField()
    transfer_under_way = serializers.BooleanField()
    aftercare = serializers.BooleanField(help_text="Help after release: not told, or not passed on")


class PaperRequest(StrictSerializer):
    kind = serializers.ChoiceField(EndPaper.choices())
    written_on = Day()
    text = serializers.CharField(max_length=2 * LONG)


class DetentionRow(serializers.ModelSerializer[Any]):
    """`organ_late_days`: by how many days the organ told us too late (CCM-41); nobody else is late by it."""

    told_due_on = serializers.SerializerMethodField()
    organ_late_days = serializers.SerializerMethodField()

    class Meta:
        model = Detention
        fields = [
            "id", "subject", "state", "organ", "document_no", "since", "told_on", "told_due_on",
            "organ_late_days", "until", "entered_by", "entered_at",
        ]  # fmt: skip

    def get_told_due_on(self, row: Detention) -> date:
        return detention_told_due(row.since, setting("DETENTION_TELL_DAYS"))

    def get_organ_late_days(self, row: Detention) -> int:
        return late_days(self.get_told_due_on(row), row.told_on, row.told_on)


class DetentionRequest(StrictSerializer):
    """Told late, what stood as missed since then is excused."""

    subject = serializers.UUIDField()
    organ = serializers.CharField(max_length=150)
    document_no = serializers.CharField(max_length=80)
    since = Day()
    told_on = Day()


class UntilRequest(StrictSerializer):
    until = Day()


class TransferRow(Stepped):
    overdue = serializers.SerializerMethodField(help_text="A flag about the step, never about the person")
    applied_late = serializers.SerializerMethodField(help_text="Later than usual; never a reason to refuse")

    class Meta:
        model = Transfer
        fields = [
            "id", "subject", "state", "to_agency", "to_area_code", "applied_on", "wanted_from",
            "applied_late", "asked_on", "due_at", "overdue", "answered_on", "answer_document", "moved_on",
            "report_due_at", "file_sent_on", "receipt_on", "reported_on", "entered_by", "entered_at", "steps"
        ]  # fmt: skip

    def get_overdue(self, row: Transfer) -> bool:
        return ran_out(row.due_at, self.context["now"])

    def get_applied_late(self, row: Transfer) -> bool:
        return applied_late(row.applied_on, row.wanted_from, setting("TRANSFER_AHEAD_MONTHS"))


class TransferRequest(StrictSerializer):
    subject = serializers.UUIDField()
    to_agency = serializers.CharField(max_length=150)
    to_area_code = serializers.RegexField(r"^[0-9]{12}\Z")
    reason = serializers.CharField(max_length=2000)
    applied_on = Day()
    asked_on = Day()
    wanted_from = Day(required=False, help_text="From which day on the person wants to be there")


class TransferDecision(StrictSerializer):
    """A refusal has a reason."""

    accept = serializers.BooleanField()
    on = Day()
    document_no = serializers.CharField(max_length=80)
    reason = serializers.CharField(max_length=1000, required=False)


class ReceivedOnRequest(StrictSerializer):
    received_on = Day()


class OpinionRow(Stepped):
    overdue = serializers.SerializerMethodField()

    class Meta:
        model = Opinion
        fields = [
            "id", "subject", "agency", "kind", "state", "document_no", "issued_on", "issued_by", "due_at",
            "overdue", "followed", "replied_on", "replied_by", "entered_at", "steps"
        ]  # fmt: skip

    def get_overdue(self, row: Opinion) -> bool:
        return row.state == "issued" and ran_out(row.due_at, self.context["now"])


class OpinionRequest(StrictSerializer):
    agency = serializers.UUIDField()
    kind = serializers.ChoiceField(OpinionKind.choices())
    document_no = serializers.CharField(max_length=80)
    issued_on = Day()
    text = serializers.CharField(max_length=2 * LONG)
    subject = serializers.UUIDField(required=False)


class ReplyRequest(StrictSerializer):
    """Where it is not followed, or in part only, the text is the reason."""

    followed = serializers.ChoiceField(Followed.choices())
    replied_on = Day()
    text = serializers.CharField(max_length=2 * LONG)


class OpinionClear(serializers.Serializer[Any]):
    text = serializers.CharField(allow_null=True)
    reply = serializers.CharField(allow_null=True)
