"""保管期限 of a file: a class by settings, chosen by category and number of parties (plain Python)."""

from collections.abc import Iterable

from kernel.codes import CodeTable
from kernel.law import law


class Retention(CodeTable, table="dossier_retention"):
    """How long a file is kept. How many years each class means, the archive's own rule says (PM-F5)."""

    SHORT = "short", "短期", "short"
    LONG = "long", "长期", "long"
    PERMANENT = "permanent", "永久", "permanent"


@law("PM-F5")
def retention_class(
    category: str, parties: int, *, usual: str, long: Iterable[str], permanent: Iterable[str], many: int
) -> Retention:
    """The longest class that applies. `long` and `permanent` are categories (C-2), `many` the number of
    parties from which a file is kept long."""
    if category in set(permanent):
        return Retention.PERMANENT
    if category in set(long) or parties >= many:
        return max(Retention.LONG, Retention(usual), key=list(Retention).index)
    return Retention(usual)
