import base64
import uuid

import pytest
import rfc8785
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from gridphone.canonical import canonical, item_hash
from gridphone.coordinates import Point, as_gcj02, inside
from gridphone.ids import uuid7
from gridphone.keys import DeviceKey
from hypothesis import given
from hypothesis import strategies as st

KEYS = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=8)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4)
)


@given(VALUES)
def test_canonical_is_rfc8785_for_what_items_may_hold(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)


def test_a_float_is_refused() -> None:
    with pytest.raises(TypeError):
        canonical({"a": [1, 2.0]})


def test_the_hash_leaves_the_items_own_signature_out() -> None:
    assert item_hash({"id": "1", "sig": "x"}) == item_hash({"id": "1"})


def test_ids_are_version_7_and_sorted_by_making() -> None:
    ids = [uuid7() for _ in range(20_000)]
    assert ids == sorted(set(ids))
    assert {uuid.UUID(one).version for one in ids} == {7}


def test_a_signature_verifies_against_the_public_half() -> None:
    key = DeviceKey.load(DeviceKey.fresh().dump())
    raw = base64.b64decode(key.sign(b"message"))
    public = serialization.load_der_public_key(base64.b64decode(key.public_b64))
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    public.verify(encode_dss_signature(r, s), b"message", ec.ECDSA(hashes.SHA256()))


def test_g10_gcj02_in_harbin_lies_some_500_metres_off() -> None:
    shifted = as_gcj02(Point(126.65, 45.75))
    east, north = (shifted.lon - 126.65) * 77_700, (shifted.lat - 45.75) * 111_150
    assert 480 < (east**2 + north**2) ** 0.5 < 620


def test_inside_knows_holes() -> None:
    square = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0], [0.0, 0.0]]
    hole = [[1.0, 1.0], [3.0, 1.0], [3.0, 3.0], [1.0, 3.0], [1.0, 1.0]]
    assert inside(0.5, 0.5, [square, hole])
    assert not inside(2.0, 2.0, [square, hole])


def test_points_travel_as_integers() -> None:
    wire = Point(126.6543219, 45.7, accuracy_cm=None).wire("2026-01-01T00:00:00+08:00")
    assert (wire["lon_e7"], wire["crs"]) == (1266543219, "WGS84")
