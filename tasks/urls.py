from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from tasks.api.duty import DutyNowView, DutyShiftViewSet
from tasks.api.handing import HandOverViewSet, OwnedView
from tasks.api.paper import PaperEntryViewSet
from tasks.api.todo import TaskViewSet, WorklistPrintView, WorklistView

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("tasks", TaskViewSet, basename="task")
router.register("duty-shifts", DutyShiftViewSet, basename="duty-shift")
router.register("hand-overs", HandOverViewSet, basename="hand-over")
router.register("paper-entries", PaperEntryViewSet, basename="paper-entry")

urlpatterns: list[URLPattern | URLResolver] = [
    path("duty-now", DutyNowView.as_view(), name="duty-now"),
    path("owned", OwnedView.as_view(), name="owned"),
    path("worklist/print", WorklistPrintView.as_view(), name="worklist-print"),
    path("worklist", WorklistView.as_view(), name="worklist"),
    *router.urls,
]
