from django.urls import URLPattern, path

from analysis.api import MediationStatisticsView

urlpatterns: list[URLPattern] = [path("statistics/mediation", MediationStatisticsView.as_view())]
