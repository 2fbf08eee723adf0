"""What people ask for and are told: requests and notices; and what went wrong: incidents, broken glass."""

from django.db import models
from django.db.models import F, Q

from kernel.ids import uuid7
from privacy.codes import NoticeWay, RequestKind, ToldWhom
from privacy.machine import IncidentState, RequestState


class PersonRequest(models.Model):
    """个人信息请求. Who asks stands on the paper alone: `paper_no`, kept at `kept_at`. `subject_*` names
    the record once a person has checked the identity.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=12, choices=RequestKind.choices())
    state = models.CharField(max_length=12, choices=RequestState.choices(), default=RequestState.RECEIVED)
    organisation_id = models.UUIDField()
    paper_no = models.CharField(max_length=80)
    kept_at = models.CharField(max_length=100)
    received_on = models.DateField()
    due_on = models.DateField()
    due_at = models.DateTimeField()
    entered_by = models.UUIDField()
    entered_at = models.DateTimeField()
    subject_kind = models.CharField(max_length=40, blank=True, default="")
    subject_id = models.UUIDField(null=True, blank=True)
    identified_by = models.UUIDField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.UUIDField(null=True, blank=True)
    answer_document = models.CharField(max_length=80, blank=True, default="")
    refused_because = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        db_table = "privacy_person_request"
        ordering = ["due_at", "id"]
        indexes = [models.Index(fields=["organisation_id", "state"], name="person_request_of_office")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RequestState.values(), kind__in=RequestKind.values()),
                name="person_request_codes_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(refused_because=""), name="person_request_refused_because"
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(identified_by__isnull=False),
                name="person_request_identity_checked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Notice(models.Model):
    """告知书 in one version: what people are told about what is kept of them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=24)
    version = models.PositiveSmallIntegerField()
    words = models.TextField(max_length=4000)
    valid_from = models.DateField()
    entered_by = models.UUIDField()
    entered_at = models.DateTimeField()

    class Meta:
        db_table = "privacy_notice"
        ordering = ["code", "-version"]
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="notice_version_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class NoticeShown(models.Model):
    """告知记录: to whom (by record) which version was told, how and when; or why not (PI-18). Only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="shown")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    way = models.CharField(max_length=12, choices=NoticeWay.choices())
    not_told_because = models.CharField(max_length=200, blank=True, default="")
    on = models.DateField()
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        db_table = "privacy_notice_shown"
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="notice_shown_to")]
        constraints = [
            models.CheckConstraint(
                condition=Q(way="not_told") & ~Q(not_told_because="") | ~Q(way="not_told"),
                name="notice_not_told_because",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.way}"


class Incident(models.Model):
    """泄露事件, opened by anybody signed in. `tell_due_at`: by when the authority has to know."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    state = models.CharField(max_length=12, choices=IncidentState.choices(), default=IncidentState.OPEN)
    what = models.CharField(max_length=1000)
    noticed_at = models.DateTimeField()
    opened_by = models.UUIDField()
    opened_at = models.DateTimeField()
    tell_due_at = models.DateTimeField()
    remedy = models.CharField(max_length=1000, blank=True, default="")
    contained_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "privacy_incident"
        ordering = ["-opened_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=IncidentState.values()), name="incident_state_known")
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.opened_at}"


class IncidentTold(models.Model):
    """Who was told about it, when, by which paper. Only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="told")
    whom = models.CharField(max_length=12, choices=ToldWhom.choices())
    told_at = models.DateTimeField()
    document_no = models.CharField(max_length=80)
    by = models.UUIDField()

    class Meta:
        db_table = "privacy_incident_told"
        ordering = ["told_at", "id"]

    def __str__(self) -> str:
        return f"{self.whom} {self.told_at}"


class BrokenGlass(models.Model):
    """紧急查阅: somebody opened what is not theirs, for an hour and a reason; a second person looks at it
    after."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    by = models.UUIDField()
    role = models.CharField(max_length=24)
    reason = models.CharField(max_length=400)
    at = models.DateTimeField()
    until = models.DateTimeField()
    reviewed_by = models.UUIDField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    justified = models.BooleanField(null=True, blank=True)
    remark = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        db_table = "privacy_broken_glass"
        ordering = ["-at", "id"]
        indexes = [models.Index(fields=["by", "subject_kind", "until"], name="broken_glass_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("by")),
                name="broken_glass_two_people",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="broken_glass_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.at}"
