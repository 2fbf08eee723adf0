"""What finds a division: its name, the name in pinyin, the initials, the code."""

from functools import cache
from typing import Any

TONELESS_U = str.maketrans("v", "u")
LONGEST = 600


def search_words(name: str, code: str, before: str = "") -> str:
    """`南岗区 nangangqu ngq 230103000000`; where a syllable has ü, once with v and once with u.

    `before`: the words by which it was found until now. Its names go on to find it, the code does not.
    """
    syllables = [syllable.lower() for syllable in _pinyin()(name, strict=False)]
    whole = "".join(syllables)
    words = [name.lower(), whole, "".join(syllable[:1] for syllable in syllables)]
    if "v" in whole:
        words.append(whole.translate(TONELESS_U))
    former = [word for word in before.split() if not (len(word) == len(code) and word.isdigit())]
    return " ".join(dict.fromkeys([*words, code, *former]))[:LONGEST]


@cache
def _pinyin() -> Any:
    """The library reads 7 MB of phrases: only who writes names pays for that."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415  because of the phrases

    return lazy_pinyin
