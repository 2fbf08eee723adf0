from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from grids.serving.api import exports, keys, ogc, packs, tiles

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("map-keys", keys.MapKeyViewSet, basename="map-key")

urlpatterns: list[URLPattern | URLResolver] = [
    path("tiles/<str:tileset>/<str:z>/<str:x>/<str:y>", tiles.TileView.as_view(), name="tile"),
    path("tiles/<str:tileset>", tiles.TileJSONView.as_view(), name="tilejson"),
    path("map-exports", exports.MapExportView.as_view(), name="map-export"),
    path("map-style", tiles.StyleView.as_view(), name="map-style"),
    path("offline-pack", packs.PackView.as_view(), name="offline-pack"),
    path("offline-pack/parts/<str:sha256>", packs.PartView.as_view(), name="offline-pack-part"),
    path("ogc", ogc.LandingView.as_view(), name="ogc"),
    path("ogc/", ogc.RootView.as_view(), name="ogc-root"),
    path("ogc/api", ogc.ServiceView.as_view(), name="ogc-api"),
    path("ogc/conformance", ogc.ConformanceView.as_view(), name="ogc-conformance"),
    path("ogc/collections", ogc.CollectionsView.as_view(), name="ogc-collections"),
    path("ogc/collections/<str:collection>", ogc.CollectionView.as_view(), name="ogc-collection"),
    path("ogc/collections/<str:collection>/items", ogc.ItemsView.as_view(), name="ogc-items"),
    path("ogc/collections/<str:collection>/items/<uuid:pk>", ogc.ItemView.as_view(), name="ogc-item"),
    *router.urls,
]
