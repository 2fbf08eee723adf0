from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from mediation.api.cases import CasePaperViewSet, CaseViewSet
from mediation.api.intake import IntakeViewSet
from mediation.api.papers import BlankView, BlockViewSet, DossierFileViewSet, DossierViewSet, FormsView

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("mediation/intake", IntakeViewSet, basename="intake")
router.register("mediation/cases", CaseViewSet, basename="mediation-case")
router.register("mediation/cases", CasePaperViewSet, basename="mediation-case-paper")
router.register("mediation/cases", DossierViewSet, basename="mediation-dossier")
router.register("mediation/cases", DossierFileViewSet, basename="mediation-dossier-file")
router.register("mediation/number-blocks", BlockViewSet, basename="number-block")

urlpatterns: list[URLPattern | URLResolver] = [
    *router.urls,
    path("mediation/forms", FormsView.as_view()),
    path("mediation/forms/<slug:key>/blank", BlankView.as_view()),
]
