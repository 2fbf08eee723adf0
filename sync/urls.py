from django.urls import URLPattern, URLResolver, path

from sync import api, staff
from sync.adapters import api as adapters

urlpatterns: list[URLPattern | URLResolver] = [
    path("sync/manifest", api.ManifestView.as_view(), name="sync-manifest"),
    path("sync/pull", api.PullView.as_view(), name="sync-pull"),
    path("sync/push", api.PushView.as_view(), name="sync-push"),
    path("sync/receipts", api.ReceiptsView.as_view(), name="sync-receipts"),
    path("sync/status", staff.StatusView.as_view(), name="sync-status"),
    path("sync/devices", staff.DevicesView.as_view(), name="sync-devices"),
    path("sync/watermelon", adapters.WatermelonView.as_view(), name="sync-watermelon"),
    path("sync/rxdb/<str:kind>/pull", adapters.RxdbPullView.as_view(), name="sync-rxdb-pull"),
    path("sync/rxdb/<str:kind>/push", adapters.RxdbPushView.as_view(), name="sync-rxdb-push"),
]
