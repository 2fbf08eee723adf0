from django.urls import path

from backend.health import HealthView
from backend.schema_view import SchemaView

urlpatterns = [
    path("health", HealthView.as_view(), name="health"),
    path("schema", SchemaView.as_view(), name="schema"),
]
