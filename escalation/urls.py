from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from escalation.api import FiringViewSet, LevelClockViewSet
from escalation.rules_api import ExtensionViewSet, ProfileView, RuleViewSet, TrialView

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("escalation/firings", FiringViewSet, basename="firing")
router.register("escalation/clocks", LevelClockViewSet, basename="level-clock")

router.register("escalation/rules", RuleViewSet, basename="escalation-rule")
router.register("escalation/extensions", ExtensionViewSet, basename="clock-extension")

urlpatterns: list[URLPattern | URLResolver] = [
    path("escalation/trials", TrialView.as_view(), name="escalation-trial"),
    path("escalation/profiles", ProfileView.as_view(), name="escalation-profile"),
    *router.urls,
]
