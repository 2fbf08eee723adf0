from rest_framework import serializers

from edge.documents.faces import FormatQuery
from edge.serializers import WordsField
from kernel.codes.purposes import Purpose


class SubjectPaperRequest(FormatQuery):
    purpose = serializers.ChoiceField(Purpose.choices())
    reason = WordsField(max_length=200)
