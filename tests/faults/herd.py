"""The herd as a part of `make proof`: so many phones come back at once, and each is answered for all it sent.

The phones, and how it is counted, are those of the benchmark (`bench/herd.py`): every item has to be told
`accepted`, and the table has to hold exactly as many more records. Ends non-zero otherwise.
"""

import argparse
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "clients" / "python"), str(ROOT / "bench")]

import herd  # noqa: E402  because the project's folders come first
from stand import district  # noqa: E402  because of the same


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=2000)
    parser.add_argument("--out", type=Path, required=True, help="the figures as JSON")
    options = parser.parse_args()
    with district() as stand:
        found = herd.measure(stand, options.phones).figures()
    figures = {name: round(values[0], 1) for name, values in found.items()}
    figures |= {"phones": options.phones, "items": options.phones * herd.ITEMS}
    options.out.write_text(json.dumps(figures), encoding="utf-8")


if __name__ == "__main__":
    main()
