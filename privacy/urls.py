from django.urls import URLPattern, URLResolver
from rest_framework.routers import SimpleRouter

from privacy.api.closings import ClosingViewSet, DestructionListViewSet, LawfulQueryViewSet, SealedFileViewSet
from privacy.api.logs import AssessmentViewSet, ShareViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("privacy/shares", ShareViewSet, basename="share")
router.register("privacy/assessments", AssessmentViewSet, basename="assessment")
router.register("privacy/closings", ClosingViewSet, basename="closing")
router.register("privacy/destruction-lists", DestructionListViewSet, basename="destruction-list")
router.register("privacy/lawful-queries", LawfulQueryViewSet, basename="lawful-query")
router.register("privacy/lawful-queries", SealedFileViewSet, basename="sealed-file")

urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
