from django.urls import URLPattern, URLResolver
from rest_framework.routers import SimpleRouter

from mediation.api.cases import CasePaperViewSet, CaseViewSet
from mediation.api.intake import IntakeViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("mediation/intake", IntakeViewSet, basename="intake")
router.register("mediation/cases", CaseViewSet, basename="mediation-case")
router.register("mediation/cases", CasePaperViewSet, basename="mediation-case-paper")

urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
