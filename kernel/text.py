"""Text that may be stored: NFC, no control or bidirectional characters, no stray zero-width ones, no
surrogates."""

import re
import unicodedata

# As a range of a regular expression, also of the OpenAPI document; lone surrogates are refused besides.
FORBIDDEN = (
    r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"  # control
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction
    r"\u200b-\u200d\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb"  # zero width
    r"\u00ad\u034f\u115f\u1160\u180e\u2028\u2029\u3164\uffa0\ufffe\uffff"  # nothing to be seen
)
NAME = f"^[^{FORBIDDEN}\\t\\n\\r]*[^{FORBIDDEN}\\s][^{FORBIDDEN}\\t\\n\\r]*$"
"""A name stands in one line."""
_TAGS = "\U000e0000-\U000e007f"  # letters that are not shown
_BLANK = re.compile("[\u034f\u115f\u1160\u3164\uffa0]")  # of the forbidden ones those that count as printable
_FORBIDDEN = re.compile(f"[{FORBIDDEN}{_TAGS}\ud800-\udfff]")
MASK = "▇▇▇"
_ID_NUMBER = re.compile(r"(?<!\d)\d{6}[ -]?(?:19|20)\d{2}[ -]?\d{4}[ -]?\d{3}[\dXx](?![\dXx])")
_MOBILE = re.compile(r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
_ASCII_DIGITS = {0xFF10 + digit: str(digit) for digit in range(10)}
_NO_NUMBER = re.compile("[^0-9X+]")
_FORMULA = re.compile("\\s*[=+\\-@＝＋－＠]|[\t\r\n]")
_COUNTRY = re.compile(r"^(\+86|0086)")
_FOLD = str.maketrans("", "", "·•・‧∙.． \u3000")  # noqa: RUF001  because these are the dots that names carry


def clean(text: str) -> str | None:
    """`text` in NFC, or None when it holds a character that may not be stored."""
    if text.isprintable() and not _BLANK.search(text) and unicodedata.is_normalized("NFC", text):
        return text
    if _FORBIDDEN.search(text):
        return None
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """The form under which names are compared: NFKC (full width to half), case folded, dots and spaces
    dropped."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_FOLD)


def digits(text: str) -> str:
    """The form under which phone and ID numbers are compared: ASCII digits and X, no +86, no separators."""
    if not text.isascii() or not text.isalnum():
        text = unicodedata.normalize("NFKC", text)
    plain = _NO_NUMBER.sub("", text.upper())
    return _COUNTRY.sub("", plain).lstrip("+")


def mask_numbers(text: str) -> tuple[str, bool]:
    """`text` with ID and mobile numbers replaced, and whether one was found.

    Free text goes into lists, trails and colleagues' phones; a person's numbers have encrypted fields of
    their own. Masking keeps the record (a refusal could hold back a danger for hours); of a push the inbox
    has the sealed original.
    """
    if not any(c.isdigit() for c in text):
        return text, False
    plain = text.translate(_ASCII_DIGITS)
    masked = _MOBILE.sub(MASK, _ID_NUMBER.sub(MASK, plain))
    return (masked, True) if masked != plain else (text, False)


def cell(text: str) -> str:
    """A text for a cell of a spreadsheet: with an apostrophe before what would be read as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text
