"""Every address of the server. Each app brings its own; this page only says where they hang."""

from django.urls import include, path

from backend.metrics import MetricsView
from edge.segments import app_urls

handler400 = "edge.problem_handler.bad_request"
handler403 = "edge.problem_handler.forbidden"
handler404 = "edge.problem_handler.not_found"
handler500 = "edge.problem_handler.server_error"

API_APPS = (
    "privacy", "accounts", "sync", "grids", "tasks", "liaison", "disputes", "mediation", "corrections",
    "escalation", "analysis",
)  # fmt: skip

urlpatterns = [
    path("metrics", MetricsView.as_view(), name="metrics"),
    path("api/v1/", include("backend.system_urls")),
    *[app_urls("api/v1/", f"{app}.urls") for app in API_APPS],
]
