from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from tasks.api import TaskViewSet, WorklistView

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("tasks", TaskViewSet, basename="task")

urlpatterns: list[URLPattern | URLResolver] = [
    path("worklist", WorklistView.as_view(), name="worklist"),
    *router.urls,
]
