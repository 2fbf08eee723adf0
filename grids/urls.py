from django.urls import URLPattern, URLResolver
from rest_framework.routers import SimpleRouter

from grids import api

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("areas", api.AreaViewSet, basename="area")
router.register("grids", api.GridViewSet, basename="grid")
router.register("assignments", api.AssignmentViewSet, basename="assignment")

urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
