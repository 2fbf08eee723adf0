"""QGIS itself reads the running demo district: collections, features, tiles with their style; one picture.

    apt-get install --no-install-recommends python3-qgis
    python3 clients/qgis/read.py        (a demo district must be running: make run)

Nothing of the server needs QGIS. The steps are those of a person at the screen: a key of the map as the
password of an authentication, a connection, the layers that it offers. Fails when QGIS reads another number
of features than the server has.
"""

import argparse
import json
import os
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsAuthMethodConfig,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeatureRequest,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
    QgsSettings,
    QgsVectorLayer,
    QgsVectorTileLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage, QPainter

ROOT = Path(__file__).resolve().parents[2]
PAGE = 300
PICTURE = QSize(1000, 740)
NEAR = QgsRectangle(126.652, 45.766, 126.682, 45.783)
"""What the picture shows, in degrees; the box of the question to the server, too."""


def call(method: str, url: str, token: str = "", body: Any = None) -> Any:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    content = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, content, headers, method=method)  # noqa: S310  because it is the running server of the demo
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310  because of the same
        return json.load(answer)


@contextmanager
def map_key(demo: dict[str, Any], api: str, role: str) -> Iterator[str]:
    """A key of the role's first account, which ends afterwards."""
    account = next(row for row in demo["accounts"] if row["role"] == role)
    said = {"username": account["username"], "password": account["password"]}
    token = call("POST", f"{api}/auth/login", body=said)["access"]
    made = call("POST", f"{api}/map-keys", token, {"program": "QGIS", "days": 1})
    try:
        yield made["key"]
    finally:
        call("POST", f"{api}/map-keys/{made['id']}/revoke", token)


@contextmanager
def started() -> Iterator[Path]:
    """QGIS without a screen, with settings of its own in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="gridgov-qgis-") as folder:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        os.environ |= {"QGIS_AUTH_DB_DIR_PATH": folder, "XDG_CONFIG_HOME": folder, "XDG_RUNTIME_DIR": folder}
        application = QgsApplication([], True, folder)
        application.initQgis()
        print(f"QGIS {Qgis.QGIS_VERSION}")
        yield Path(folder)
        application.exitQgis()


def authentication(key: str) -> str:
    """An authentication of the type *Basic*, as the settings keep it."""
    manager = QgsApplication.authManager()
    manager.setMasterPassword("of this run alone", True)
    config = QgsAuthMethodConfig("Basic", 1)
    config.setName("gridgov")
    for name, value in (("username", "map"), ("password", key), ("realm", "")):
        config.setConfig(name, value)
    manager.storeAuthenticationConfig(config)
    return str(config.id())


def offered(api: str, auth: str) -> list[str]:
    """The titles of the layers that QGIS's own browser shows below a connection."""
    said = {"url": f"{api}/ogc", "version": "OGC_API_FEATURES", "authcfg": auth}
    for name, value in said.items():
        QgsSettings().setValue(f"connections/ows/items/wfs/connections/items/gridgov/{name}", value)
        QgsSettings().setValue(f"qgis/connections-wfs/gridgov/{name}", value)  # before QGIS 3.28
    QgsSettings().setValue("qgis/WFS/gridgov/authcfg", auth)
    (root,) = [
        p.createDataItem("", None)
        for p in QgsApplication.dataItemProviderRegistry().providers()
        if p.name() == "WFS"
    ]
    (connection,) = [child for child in root.createChildren() if child.name() == "gridgov"]
    return [child.name() for child in connection.createChildren()]


def wrong(api: str, auth: str, key: str) -> list[str]:
    """What QGIS reads otherwise than the server has it."""
    found = []
    listed = call("GET", f"{api}/ogc/collections", key)["collections"]
    if offered(api, auth) != [one["title"] for one in listed]:
        found.append(f"QGIS offers {offered(api, auth)}")
    for one in listed:
        layer = QgsVectorLayer(_features(api, auth, one["id"]), one["title"], "OAPIF")
        rows = list(layer.getFeatures())
        items = f"{api}/ogc/collections/{one['id']}/items?limit=1"
        there = call("GET", items, key)["numberMatched"]
        invalid = sum(not row.geometry().isGeosValid() for row in rows)
        box = ",".join(f"{edge:.6f}" for edge in _edges(NEAR))
        near = call("GET", f"{items}&bbox={box}", key)["numberMatched"]
        boxed = QgsVectorLayer(_features(api, auth, one["id"]), one["title"], "OAPIF")
        seen = sum(1 for _ in boxed.getFeatures(QgsFeatureRequest(NEAR)))
        print(f"{one['title']}: {len(rows)} of {there} read, {seen} of {near} in the box, {invalid} invalid")
        if not layer.isValid() or (len(rows), seen, invalid) != (there, near, 0):
            found.append(f"{one['id']} is not what the server has")
    return found


def _edges(box: QgsRectangle) -> tuple[float, float, float, float]:
    return box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()


def _features(api: str, auth: str, name: str) -> str:
    paging = f"pagingEnabled='true' pageSize='{PAGE}' restrictToRequestBBOX='1'"
    return f"url='{api}/ogc' typename='{name}' {paging} authcfg={auth}"


def picture(api: str, auth: str, key: str, home: Path, to: Path) -> list[str]:
    """Tiles with the server's style. QGIS asks for a style without the key, so it is a file here."""
    style = home / "style.json"
    style.write_text(json.dumps(call("GET", f"{api}/map-style", key)), encoding="utf-8")
    tiles = f"type=xyz&url={api}/tiles/places/{{z}}/{{x}}/{{y}}&zmin=4&zmax=16&authcfg={auth}"
    layer = QgsVectorTileLayer(f"{tiles}&styleUrl=file://{style}", "places")
    error, fine = layer.loadDefaultStyle()
    if not (layer.isValid() and fine):
        return [f"the tiles do not open with their style: {error}"]
    mercator, degrees = QgsCoordinateReferenceSystem("EPSG:3857"), QgsCoordinateReferenceSystem("EPSG:4326")
    there = QgsCoordinateTransform(degrees, mercator, QgsProject.instance())
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(mercator)
    settings.setExtent(there.transformBoundingBox(NEAR))
    settings.setOutputSize(PICTURE)
    settings.setBackgroundColor(QColor("#f6f4ee"))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    _captioned(image, call("GET", f"{api}/tiles/places", key).get("attribution", ""))
    to.parent.mkdir(parents=True, exist_ok=True)
    image.convertToFormat(QImage.Format_Indexed8).save(str(to))
    print(f"{to}: {to.stat().st_size // 1024} kB")
    return [error.message for error in job.errors()]


def _captioned(image: Any, text: str) -> None:
    """What the tiles say about themselves stands on the picture, not only beside the map."""
    pen = QPainter(image)
    width = pen.fontMetrics().horizontalAdvance(text) + 16
    left, top = image.width() - width, image.height() - 26
    pen.fillRect(left, top, width, 26, QColor(255, 255, 255, 208))
    pen.drawText(left + 8, top + 18, text)
    pen.end()


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--demo", type=Path, default=ROOT / "var" / "demo.json")
    parser.add_argument("--role", default="district_admin")
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "pictures" / "map-qgis.png")
    options = parser.parse_args()
    if not options.demo.is_file():
        raise SystemExit(f"{options.demo} is missing: start a demo district first (make run)")
    demo = json.loads(options.demo.read_text(encoding="utf-8"))
    api = f"{demo['base_url']}/api/v1"
    with started() as home, map_key(demo, api, options.role) as key:
        auth = authentication(key)
        faults = wrong(api, auth, key) + picture(api, auth, key, home, options.to)
    print("\n".join(faults) or "QGIS reads what the server has")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
