from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from disputes.api import acts, handling, looking
from disputes.api.clerks import NamedClerkViewSet
from disputes.api.danger import CallUpsView
from disputes.api.disputes import DisputeViewSet
from disputes.api.exports import DisputeExportView, DisputesByDayView
from disputes.api.joint import JointHandlingViewSet, JointQuestionViewSet, JointView
from disputes.api.refused import RefusedViewSet
from disputes.api.reporting import ReportsView
from disputes.api.rounds import RoundViewSet
from disputes.api.screenings import ScreeningViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("screenings", ScreeningViewSet, basename="screening")
router.register("disputes", DisputeViewSet, basename="dispute")
router.register("refused-screenings", RefusedViewSet, basename="refused-screening")
router.register("joint-handlings", JointHandlingViewSet, basename="joint-handling")
router.register("joint-questions", JointQuestionViewSet, basename="joint-question")
router.register("rounds", RoundViewSet, basename="screening-round")
router.register("named-clerks", NamedClerkViewSet, basename="named-clerk")

ACTS = {
    "steps": acts.StepView,
    "attempts": acts.AttemptsView,
    "applications": handling.ApplicationView,
    "refusals": acts.RefusalView,
    "grid": acts.GridView,
    "joint-handlings": JointView,
    "brief": acts.BriefView,
    "colour": acts.ColourView,
    "suspension": acts.SuspensionView,
    "watch": acts.WatchView,
    "follow-up/declined": acts.FollowUpDeclinedView,
    "protection": acts.ProtectionView,
    "protection/lift": acts.ProtectionLiftView,
    "ways": acts.WaysView,
    "safe-channel": acts.SafeChannelView,
    "merge": acts.MergeView,
    "unmerge": acts.UnmergeView,
    "triage": handling.TriageView,
    "reroute": handling.RerouteView,
    "settlement": handling.SettlementView,
    "wishes": handling.WishView,
    "notes": handling.NotesView,
    "likely-same": looking.LikelyView,
    "timeline": looking.TimelineView,
    "reports": ReportsView,
}

urlpatterns: list[URLPattern | URLResolver] = [
    path("screenings/<uuid:pk>/call-ups", CallUpsView.as_view(), name="screening-call-ups"),
    path("disputes/export", DisputeExportView.as_view(), name="dispute-export"),
    path("disputes/by-day", DisputesByDayView.as_view(), name="disputes-by-day"),
    path("disputes/search", looking.SearchView.as_view(), name="dispute-search"),
    *router.urls,
    *[
        path(f"disputes/<uuid:pk>/{name}", view.as_view(), name=f"dispute-{name}")
        for name, view in ACTS.items()
    ],
]
