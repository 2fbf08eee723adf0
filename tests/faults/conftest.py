"""The reference device stands beside the server, not in it: its folder comes onto the path first."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "clients" / "python"))
