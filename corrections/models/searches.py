from django.db import models
from django.db.models import F, Q

from accounts.models import User
from corrections.models.contacts import DueContact
from corrections.models.leaves import Leave
from corrections.models.people import Subject
from corrections.search_codes import SearchJudgement, SearchResult, SearchState, SearchWay, SearchWhy
from edge.encryption import EncryptedField
from kernel.ids import uuid7


class Search(models.Model):
    """核查与查找: the agency's review after a missed contact, and the search where contact is lost (CCL-30).

    One is open for a person at a time. `since_on`: since when the person was away, in hospital, detained or
    dead, as it was found out.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="searches")
    state = models.CharField(max_length=24, choices=SearchState.choices(), default=SearchState.REVIEW)
    why = models.CharField(max_length=12, choices=SearchWhy.choices())
    contact = models.ForeignKey(DueContact, models.PROTECT, null=True, blank=True, related_name="searches")
    leave = models.ForeignKey(Leave, models.PROTECT, null=True, blank=True, related_name="searches")
    # What an officer said who asked for the review.
    reason = EncryptedField(max_length=12000, null=True, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    lost_at = models.DateTimeField(null=True, blank=True)
    tell_by = models.DateTimeField(null=True, blank=True)
    police_on = models.DateField(null=True, blank=True)
    police_document = models.CharField(max_length=80, blank=True, default="")
    procuratorate_on = models.DateField(null=True, blank=True)
    procuratorate_document = models.CharField(max_length=80, blank=True, default="")
    found_on = models.DateField(null=True, blank=True)
    since_on = models.DateField(null=True, blank=True)
    place = EncryptedField(max_length=4000, null=True, blank=True)
    told = EncryptedField(max_length=12000, null=True, blank=True)
    judgement = models.CharField(max_length=16, choices=SearchJudgement.choices(), blank=True, default="")
    document_no = models.CharField(max_length=80, blank=True, default="")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at", "id"]
        indexes = [models.Index(fields=["state"], name="search_open", condition=Q(closed_at__isnull=True))]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SearchState.values()), name="search_state_known"),
            models.CheckConstraint(condition=Q(why__in=SearchWhy.values()), name="search_why_known"),
            models.CheckConstraint(
                condition=Q(state__in=["review", "lost_contact"], closed_at__isnull=True)
                | ~Q(state__in=["review", "lost_contact"]) & Q(closed_at__isnull=False),
                name="search_closed_has_time",
            ),
            models.UniqueConstraint(
                fields=["subject"], condition=Q(closed_at__isnull=True), name="search_one_open"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class SearchEntry(models.Model):
    """One line of the search log: how, when, by whom, with what result. Insert-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    search = models.ForeignKey(Search, models.PROTECT, related_name="entries")
    way = models.CharField(max_length=20, choices=SearchWay.choices())
    result = models.CharField(max_length=12, choices=SearchResult.choices())
    made_at = models.DateTimeField()
    note = EncryptedField(max_length=12000, null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["search_id", "made_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(way__in=SearchWay.values()), name="search_way_known"),
            models.CheckConstraint(condition=Q(result__in=SearchResult.values()), name="search_result_known"),
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.result}"


class DayCount(models.Model):
    """脱离监管天数: days as an officer counted them from stated dates, with what was taken out. Insert-only.

    Never on a phone, and nothing follows from it by itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    search = models.ForeignKey(Search, models.PROTECT, related_name="counts")
    first_day = models.DateField()
    last_day = models.DateField()
    taken_out = models.JSONField(default=list)
    days = models.PositiveIntegerField()
    note = EncryptedField(max_length=4000, null=True, blank=True)
    counted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    counted_at = models.DateTimeField()

    class Meta:
        ordering = ["search_id", "counted_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="day_count_dates_ordered")
        ]

    def __str__(self) -> str:
        return str(self.days)
