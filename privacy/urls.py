from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from privacy.api import papers, people
from privacy.api.closings import ClosingViewSet, DestructionListViewSet, LawfulQueryViewSet, SealedFileViewSet
from privacy.api.consents import ConsentViewSet
from privacy.api.logs import AssessmentViewSet, ShareViewSet
from privacy.api.reads import BulkReadsView, ReadViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("privacy/shares", ShareViewSet, basename="share")
router.register("privacy/reads", ReadViewSet, basename="read")
router.register("privacy/assessments", AssessmentViewSet, basename="assessment")
router.register("privacy/closings", ClosingViewSet, basename="closing")
router.register("privacy/destruction-lists", DestructionListViewSet, basename="destruction-list")
router.register("privacy/lawful-queries", LawfulQueryViewSet, basename="lawful-query")
router.register("privacy/lawful-queries", SealedFileViewSet, basename="sealed-file")

router.register("privacy/requests", people.PersonRequestViewSet, basename="person-request")
router.register("privacy/notices", people.NoticeViewSet, basename="notice")
router.register("privacy/consents", ConsentViewSet, basename="consent")
router.register("privacy/incidents", people.IncidentViewSet, basename="incident")
router.register("privacy/broken-glass", people.BrokenGlassViewSet, basename="broken-glass")

urlpatterns: list[URLPattern | URLResolver] = [
    path("privacy/bulk-reads", BulkReadsView.as_view(), name="bulk-reads"),
    path("privacy/requests/<uuid:pk>/log", people.SubjectLogView.as_view(), name="subject-log"),
    path("privacy/forms", papers.PrivacyFormsView.as_view()),
    path("privacy/forms/<slug:key>/blank", papers.PrivacyBlankView.as_view()),
    path("privacy/requests/<uuid:pk>/paper", papers.RequestPaperView.as_view()),
    path("privacy/requests/<uuid:pk>/log/paper", papers.SubjectLogPaperView.as_view()),
    path("privacy/destruction-lists/<uuid:pk>/paper", papers.DestructionPaperView.as_view()),
    path("privacy/lawful-queries/<uuid:pk>/paper", papers.QueryPaperView.as_view()),
    *router.urls,
]
