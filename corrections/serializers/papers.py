from rest_framework import serializers

from edge.documents.faces import FormatQuery
from edge.serializers import WordsField
from kernel.codes.purposes import Purpose


class FilledPaperRequest(FormatQuery):
    purpose = serializers.ChoiceField(Purpose.choices())
    reason = WordsField(max_length=200)


class SubjectPaperRequest(FilledPaperRequest):
    """`record`: the leave, decision, objection … that the form is filled from; the newest one unless said."""

    record = serializers.UUIDField(required=False)
