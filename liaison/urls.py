from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from liaison import api

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("liaison/reports", api.ReportViewSet, basename="report")
router.register("liaison/reports", api.DecidingViewSet, basename="report-deciding")
router.register("liaison/reports", api.AppealViewSet, basename="report-appeal")
router.register("liaison/reports", api.SendingViewSet, basename="report-sending")
router.register("liaison/reports", api.AnsweringViewSet, basename="report-answering")
router.register("liaison/reports", api.AfterwardsViewSet, basename="report-afterwards")

urlpatterns: list[URLPattern | URLResolver] = [
    path("liaison/monthly", api.MonthView.as_view(), name="report-month"),
    *router.urls,
]
