from django.urls import URLPattern, path

from analysis.api import MediationStatisticsFileView, MediationStatisticsView

urlpatterns: list[URLPattern] = [
    path("statistics/mediation", MediationStatisticsView.as_view()),
    path("statistics/mediation/file", MediationStatisticsFileView.as_view()),
]
