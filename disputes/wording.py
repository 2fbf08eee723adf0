"""What the words of a record may hold: acts, no labels on people; numbers of people only in their own
fields."""

import re
import unicodedata

LABEL_WORDS = (
    "疯子", "神经病", "精神病", "酒鬼", "醉鬼", "离异", "离婚", "上访", "信访", "缠访", "闹访", "老赖",
    "刑满", "信教", "教徒", "邪教", "回民", "藏民", "维族", "少数民族", "回族", "满族", "蒙古族", "朝鲜族",
    "维吾尔",
)  # fmt: skip
"""Words that name what somebody is. The app asks "is this an act?" before it saves; without an answer the
sign is kept and marked."""
MASK = "▇▇▇"
_ID_NUMBER = re.compile(r"(?<!\d)\d{6}[ -]?(?:19|20)\d{2}[ -]?\d{4}[ -]?\d{3}[\dXx](?![\dXx])")
_MOBILE = re.compile(r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
_ASCII_DIGITS = {0xFF10 + digit: str(digit) for digit in range(10)}


def label_words(text: str) -> tuple[str, ...]:
    """The words of the list that stand in `text`."""
    plain = unicodedata.normalize("NFKC", text)
    return tuple(word for word in LABEL_WORDS if word in plain)


def mask_numbers(text: str) -> tuple[str, bool]:
    """`text` with ID and mobile numbers replaced, and whether one was found.

    Free text goes to colleagues' phones and into lists; a person's numbers have encrypted fields of their
    own. Masking keeps the record (a refusal could hold back a danger for hours); the inbox has the sealed
    original.
    """
    if not any(c.isdigit() for c in text):
        return text, False
    plain = text.translate(_ASCII_DIGITS)
    masked = _MOBILE.sub(MASK, _ID_NUMBER.sub(MASK, plain))
    return (masked, True) if masked != plain else (text, False)
