"""The reference device: what a phone does, in plain Python, to be read as documentation.

Nothing here imports the server. Beside the standard library only `cryptography` is needed, for the P-256 key.
Start with `device.py`: enrol, record offline, push, pull.
"""

from gridphone.coordinates import Point
from gridphone.device import Phone
from gridphone.keys import DeviceKey
from gridphone.store import Store
from gridphone.transport import BadNetwork, HttpTransport, NetworkLost, ServerProblem

__all__ = [
    "BadNetwork",
    "DeviceKey",
    "HttpTransport",
    "NetworkLost",
    "Phone",
    "Point",
    "ServerProblem",
    "Store",
]
