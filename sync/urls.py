from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from sync import api, staff
from sync.adapters import api as adapters
from sync.files.api import reading, uploads
from sync.inbox_api import InboxViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("sync/inbox", InboxViewSet, basename="sync-inbox")

urlpatterns: list[URLPattern | URLResolver] = [
    *router.urls,
    path("sync/manifest", api.ManifestView.as_view(), name="sync-manifest"),
    path("sync/pull", api.PullView.as_view(), name="sync-pull"),
    path("sync/push", api.PushView.as_view(), name="sync-push"),
    path("sync/receipts", api.ReceiptsView.as_view(), name="sync-receipts"),
    path("sync/status", staff.StatusView.as_view(), name="sync-status"),
    path("sync/devices", staff.DevicesView.as_view(), name="sync-devices"),
    path("sync/watermelon", adapters.WatermelonView.as_view(), name="sync-watermelon"),
    path("sync/rxdb/<str:kind>/pull", adapters.RxdbPullView.as_view(), name="sync-rxdb-pull"),
    path("sync/rxdb/<str:kind>/push", adapters.RxdbPushView.as_view(), name="sync-rxdb-push"),
    path("sync/files", uploads.UploadsView.as_view(), name="sync-files"),
    path("sync/files/<uuid:pk>", uploads.UploadView.as_view(), name="sync-file"),
    path("files", reading.FilesView.as_view(), name="files"),
    path("files/<uuid:pk>/link", reading.LinkView.as_view(), name="file-link"),
    path("files/<uuid:pk>/content", reading.ContentView.as_view(), name="file-content"),
    path("files/<uuid:pk>/review", reading.ReviewView.as_view(), name="file-review"),
]
