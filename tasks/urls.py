from django.urls import URLPattern, URLResolver
from rest_framework.routers import SimpleRouter

from tasks.api import TaskViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("tasks", TaskViewSet, basename="task")

urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
