from django.urls import URLPattern, URLResolver
from rest_framework.routers import SimpleRouter

from escalation.api import FiringViewSet, LevelClockViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("escalation/firings", FiringViewSet, basename="firing")
router.register("escalation/clocks", LevelClockViewSet, basename="level-clock")

urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
