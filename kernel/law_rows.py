"""The rows of law and practice that code and tests may cite: id → (source, rule in short, how sure), and the
reasons why a row has nothing to carry out or to prove."""

from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Literal, NamedTuple, cast

Face = Literal["code", "accepted", "refused"]
FACES: tuple[Face, ...] = ("code", "accepted", "refused")
MUST_NOT = "MN-"

LAWS: Mapping[str, str] = {
    "CCL": "社区矫正法 (in force 2020-07-01) and what stands beside it",
    "CCM": "社区矫正法实施办法 (2020, in force 2020-07-01)",
    "PM": "people's mediation 人民调解法, 若干规定 (2002), SF/T 0083, civil procedure",
    "AR": "administrative review 行政复议法",
    "LA": "legal aid 法律援助法",
    "AB": "arbitration 仲裁法",
    "LB": "labour arbitration 劳动争议调解仲裁法",
    "NO": "notaries 公证法",
    "PT": "petitions 信访工作条例",
    "CT": "courts 民事诉讼法",
    "DV": "反家庭暴力法",
    "GR": "grids: standards and local rules",
    "CZ": "standards of 综治 data",
    "SF": "standards of the justice administration",
    "PI": "个人信息保护法 (PIPL)",
    "ND": "网络数据安全管理条例",
    "DS": "数据安全法",
    "CS": "网络安全法",
    "MI": "minors 未成年人保护法, 预防未成年人犯罪法",
    "PO": "治安管理处罚法 (2025, in force 2026-01-01)",
    "MH": "精神卫生法",
    "DJ": "graded protection GB/T 22239",
    "GM": "commercial cryptography 密码法",
    "EF": "event flow and escalation: local practice, a choice of the district",
    "PS": "closed list of grounds of a report to the police",
    "C": "code tables",
    "MN": "what must not be done",
}


class LawRow(NamedTuple):
    id: str
    source: str
    rule: str
    status: str


def _cells(name: str) -> Iterator[list[str]]:
    for line in files("kernel").joinpath(name).read_text(encoding="utf-8").splitlines()[1:]:
        yield line.split("\t")


def _read() -> dict[str, LawRow]:
    """A row of several articles (`CCL-9/10`) is also known by each of its numbers (`CCL-9`, `CCL-10`)."""
    found: dict[str, LawRow] = {}
    for cells in _cells("law_rows.tsv"):
        row = LawRow(*cells)
        prefix, _, numbers = row.id.partition("-")
        for number in numbers.split("/"):
            found.setdefault(f"{prefix}-{number}", row)
        found[row.id] = row
    return found


def _reasons() -> dict[str, dict[Face, str]]:
    """Row → face → why there is nothing. A line names one face, or `all` of them."""
    found: dict[str, dict[Face, str]] = {}
    for row_id, named, because in _cells("law_reasons.tsv"):
        faces = FACES if named == "all" else (cast(Face, named),)
        found.setdefault(row_id, {}).update(dict.fromkeys(faces, because))
    return found


LAW_ROWS = _read()
REASONS: Mapping[str, Mapping[Face, str]] = _reasons()
