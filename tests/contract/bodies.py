"""Bodies that no app sends by mistake: each kind of hostile input that a server on the internet gets.

Every one must be answered by a problem (4xx) within a second on every route that takes a body.
"""

from dataclasses import dataclass

MIB = 1024 * 1024
TOO_MANY_BYTES = 6 * MIB
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Body:
    """`status`: the only right answer where there is one (else any 4xx)."""

    name: str
    raw: bytes
    content_type: str = JSON
    status: int | None = None

    def __str__(self) -> str:
        return self.name


def _nested(depth: int, *, array: bool = True) -> bytes:
    return b"[" * depth + b"]" * depth if array else b'{"a":' * depth + b"1" + b"}" * depth


MEDIA_TYPES = tuple(
    Body(name, raw, kind, 415)
    for name, raw, kind in (
        ("charset bz2_codec", b"{}", "application/json; charset=bz2_codec"),
        ("charset utf-7", b"+AHsAfQ-", "application/json; charset=utf-7"),
        ("charset utf-16", '{"a":1}'.encode("utf-16"), "application/json; charset=utf-16"),
        ("charset latin-1", b'{"a":"\xe9"}', "application/json; charset=latin-1"),
        ("charset unicode_escape", b"{}", "application/json; charset=unicode_escape"),
        ("charset rot13", b"{}", 'application/json; charset="rot13"'),
        ("charset unknown", b"{}", "application/json; charset=klingon"),
        ("a form", b"a=1", "application/x-www-form-urlencoded"),
        ("a multipart form", b"--b\r\n\r\n--b--", "multipart/form-data; boundary=b"),
        ("xml", b"<a/>", "text/xml"),
        ("yaml", b"a: 1", "application/yaml"),
        ("plain text", b"{}", "text/plain"),
        ("json patch", b"[]", "application/json-patch+json"),
        ("no type at all", b"{}", ""),
        ("not a type", b"{}", ";;;==\xff".encode("latin-1").decode("latin-1")),
    )
)

SYNTAX = tuple(
    Body(name, raw)
    for name, raw in (
        ("an empty body", b""),
        ("white space only", b" \n\t "),
        ("cut off", b'{"a":'),
        ("something after the end", b"{} {}"),
        ("single quotes", b"{'a':1}"),
        ("a comment", b'{"a":1 /* x */}'),
        ("a byte order mark", b"\xef\xbb\xbf{}"),
        ("utf-16 without saying so", '{"a":1}'.encode("utf-16-le")),
        ("bytes that are no utf-8", b'{"a":"\xff\xfe"}'),
        ("an overlong slash", b'{"a":"\xc0\xaf"}'),
        ("a surrogate in utf-8", b'{"a":"\xed\xa0\x80"}'),
        ("a raw NUL", b'{"a":"\x00"}'),
        ("a raw control character", b'{"a":"\x01"}'),
        ("an escaped NUL", b'{"a":"\\u0000"}'),
        ("an escaped NUL in a key", b'{"a\\u0000":1}'),
        ("a lone surrogate", b'{"a":"\\ud800"}'),
        ("a lone low surrogate", b'{"a":"\\udc00x"}'),
        ("a lone surrogate in a key", b'{"\\ud800":1}'),
        ("a key twice", b'{"a":1,"a":2}'),
        ("a key twice, deeper", b'{"a":[{"b":1,"b":1}]}'),
        ("a key twice by escape", b'{"a":1,"\\u0061":2}'),
        ("1e999", b'{"a":1e999}'),
        ("-1e999", b'{"a":[-1e999]}'),
        ("NaN", b'{"a":NaN}'),
        ("Infinity", b'{"a":Infinity}'),
        ("-Infinity", b'{"a":-Infinity}'),
        ("a number of 5,000 digits", b'{"a":' + b"9" * 5000 + b"}"),
        ("a fraction of 100,000 digits", b'{"a":0.' + b"3" * 100_000 + b"}"),
        ("a leading zero", b'{"a":01}'),
        ("a hexadecimal number", b'{"a":0x1F}'),
        ("17 arrays deep", _nested(17)),
        ("17 objects deep", _nested(17, array=False)),
        ("100,000 arrays deep", _nested(100_000)),
        ("100,000 arrays that never close", b"[" * 100_000),
        ("100,000 objects deep", _nested(100_000, array=False)),
    )
)

SIZE = (
    Body("six megabytes of text", b'{"a":"' + b"x" * TOO_MANY_BYTES + b'"}'),
    Body("six megabytes of brackets", b"[" * TOO_MANY_BYTES),
    Body("six megabytes of zeros", b"0" * TOO_MANY_BYTES),
    Body("a million keys", b"{" + b",".join(b'"%x":0' % n for n in range(400_000)) + b"}"),
    Body("a million empty objects", b"[" + b"{}," * 1_000_000 + b"{}]"),
)

SHAPE = tuple(
    Body(name, raw)
    for name, raw in (
        ("an array", b"[]"),
        ("an array of one object", b"[{}]"),
        ("a text", b'"a"'),
        ("a number", b"1"),
        ("null", b"null"),
        ("true", b"true"),
        ("a field nobody knows", b'{"no_such_field":1}'),
        ("a field of every object", b'{"__class__":"x","__proto__":{},"constructor":1}'),
        ("an empty key", b'{"":1}'),
        ("a key of 10,000 characters", b'{"' + b"k" * 10_000 + b'":1}'),
    )
)

ALL = (*MEDIA_TYPES, *SYNTAX, *SIZE, *SHAPE)
