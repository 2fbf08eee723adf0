from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts.models import Device
from sync import status
from sync.status import DeviceStatus

SHOWN = 50
COLUMNS = (
    "seen_on", "cursor_age_days", "lag", "held", "rejected", "quarantined", "conflict", "unsent", "gaps",
    "twice",
)  # fmt: skip


class Command(BaseCommand):
    help = "同步状况：设备、滞后、待处理。How the phones stand: lag, open items, what they have not sent."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--devices", type=int, default=SHOWN, help="so many devices, the quietest first")

    def handle(self, *args: Any, **options: Any) -> None:
        for name, value in _fields(status.totals()).items():
            self.stdout.write(f"{name:18} {_shown(value)}")
        rows = Device.objects.exclude(state__in=("pending", "retired", "wiped")).order_by("seen_on", "id")
        ids = list(rows.values_list("id", flat=True)[: options["devices"]])
        self.stdout.write(f"\n{'device':36} {'state':9} " + " ".join(f"{name:>15}" for name in COLUMNS))
        by_id = {line.device: line for line in status.devices(ids)}
        for id_ in ids:
            self.stdout.write(_line(by_id[id_]))


def _fields(entry: Any) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in entry.__slots__}


def _line(entry: DeviceStatus) -> str:
    cells = " ".join(f"{_shown(getattr(entry, name)):>15}" for name in COLUMNS)
    return f"{entry.device} {entry.state:9} {cells}"


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{number} {name}" for name, number in sorted(value.items())) or "none"
    return "-" if value is None else str(value)
