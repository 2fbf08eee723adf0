from django.urls import URLPattern, URLResolver
from rest_framework.routers import SimpleRouter

from grids.api import assignments, places

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("areas", places.AreaViewSet, basename="area")
router.register("grids", places.GridViewSet, basename="grid")
router.register("assignments", assignments.AssignmentViewSet, basename="assignment")

urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
