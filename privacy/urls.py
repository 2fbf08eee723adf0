from django.urls import URLPattern, URLResolver
from rest_framework.routers import SimpleRouter

from privacy.api.logs import AssessmentViewSet, ShareViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("privacy/shares", ShareViewSet, basename="share")
router.register("privacy/assessments", AssessmentViewSet, basename="assessment")

urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
