from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from grids.api import assignments, divisions, duty, imports, places, releases
from grids.api.leave import LeaveAreaViewSet
from grids.api.locating import LocateView
from grids.serving.urls import urlpatterns as map_urls

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("areas", places.AreaViewSet, basename="area")
router.register("area-changes", divisions.AreaChangeViewSet, basename="area-change")
router.register("planned-area-changes", divisions.PlannedChangeViewSet, basename="planned-change")
router.register("grids", places.GridViewSet, basename="grid")
router.register("assignments", assignments.AssignmentViewSet, basename="assignment")
router.register("leave-areas", LeaveAreaViewSet, basename="leave-area")
router.register("boundary-releases", releases.ReleaseViewSet, basename="boundary-release")
router.register("boundary-imports", imports.ImportViewSet, basename="boundary-import")
router.register("handovers", duty.HandoverViewSet, basename="handover")

urlpatterns: list[URLPattern | URLResolver] = [
    *map_urls,
    path("grids/locate", LocateView.as_view(), name="grid-locate"),
    path("boundary-imports/template", imports.TemplateView.as_view(), name="boundary-import-template"),
    path("boundary-imports/<uuid:pk>/file", imports.ImportFileView.as_view(), name="boundary-import-file"),
    path("assignments/moves", duty.MovesView.as_view(), name="assignment-moves"),
    path("assignments/vacancies", duty.VacanciesView.as_view(), name="assignment-vacancies"),
    path("assignments/calendar", duty.CalendarView.as_view(), name="assignment-calendar"),
    *router.urls,
]
