from rest_framework import serializers

from corrections.models import OwedSending
from corrections.sendings import OWED, SentProof
from corrections.serializers.people import Day
from corrections.serializers.steps import Stepped
from edge.serializers import StrictSerializer
from kernel.deadlines import ran_out


class SendingRow(Stepped):
    """`law` is the row of the law that sends it. An overdue one is the agency's lateness."""

    overdue = serializers.SerializerMethodField()

    class Meta:
        model = OwedSending
        fields = [
            "id", "subject", "decision", "paper", "to", "law", "state", "due_on", "due_at", "overdue",
            "created_at", "recipient", "sent_on", "proof", "proof_no", "sent_by", "steps",
        ]  # fmt: skip

    def get_overdue(self, row: OwedSending) -> bool:
        return row.state == OWED and ran_out(row.due_at, self.context["now"])


class SendingRequest(StrictSerializer):
    recipient = serializers.CharField(max_length=150, help_text="The organ by its name")
    sent_on = Day()
    proof = serializers.ChoiceField(SentProof.choices())
    proof_no = serializers.CharField(max_length=80)
