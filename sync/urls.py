from django.urls import URLPattern, URLResolver, path

from sync import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("sync/manifest", api.ManifestView.as_view(), name="sync-manifest"),
    path("sync/pull", api.PullView.as_view(), name="sync-pull"),
    path("sync/push", api.PushView.as_view(), name="sync-push"),
    path("sync/receipts", api.ReceiptsView.as_view(), name="sync-receipts"),
]
