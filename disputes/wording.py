"""What the words of a record may hold: acts, no labels on people."""

import unicodedata

LABEL_WORDS = (
    "疯子", "神经病", "精神病", "酒鬼", "醉鬼", "离异", "离婚", "上访", "信访", "缠访", "闹访", "老赖",
    "刑满", "信教", "教徒", "邪教", "回民", "藏民", "维族", "少数民族", "回族", "满族", "蒙古族", "朝鲜族",
    "维吾尔",
)  # fmt: skip
"""Words that name what somebody is. The app asks "is this an act?" before it saves; without an answer the
sign is kept and marked."""


def label_words(text: str) -> tuple[str, ...]:
    """The words of the list that stand in `text`."""
    plain = unicodedata.normalize("NFKC", text)
    return tuple(word for word in LABEL_WORDS if word in plain)
