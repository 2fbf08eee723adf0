from disputes.models import DangerCallUp
from edge.serializers import StrictModelSerializer


class CallUpSerializer(StrictModelSerializer):
    """Who was called up for a danger that nobody had opened; without a person: nobody was on the list."""

    class Meta:
        model = DangerCallUp
        fields = ("id", "post", "organisation", "person", "due_at", "called_at")
        read_only_fields = fields
