"""One page for each channel, in plain words for the people concerned, blank of anybody's data."""

from collections.abc import Mapping

from edge.documents.model import (
    Block,
    Document,
    Field,
    Fields,
    Note,
    Paragraph,
    Signature,
    Signatures,
    Table,
    Title,
)
from kernel import clock
from kernel.law import law
from mediation.channels import TABLE, Channel

CITED: Mapping[str, str] = {
    "AR-20": "行政复议法第二十条",
    "AR-30/31": "行政复议法第三十条、第三十一条",
    "AR-54/62": "行政复议法第五十四条、第六十二条",
    "AB-35": "仲裁法第三十五条",
    "AB-64/72/90": "仲裁法第七十二条",
    "LB-27": "劳动争议调解仲裁法第二十七条、第二十九条、第四十三条",
    "NO-30": "公证法第三十条",
    "LA-43": "法律援助法第四十三条",
    "LA-49": "法律援助法第四十九条",
    "DV-23/28": "反家庭暴力法第二十三条、第二十八条",
    "PT-22/34/35/36": "信访工作条例第二十二条、第三十四条至第三十六条",
}
"""The rows of the law as people find them in print."""
GENERAL = (
    "期限从第二天起算，最后一天是法定休假日的，顺延到节假日后的第一个工作日，到当天二十四时（或者停止办公时）为止。"
    "期限是否已过，由受理的机关认定，本中心不作判断。"
)


@law("PM-3")
def page(channel: Channel) -> list[Block]:
    """What it is, what to bring, the terms with their source."""
    row = TABLE[channel]
    terms = tuple((term.name, term.text, CITED[term.law]) for term in row.terms)
    return [
        Title(channel.zh),
        Paragraph(row.words),
        Fields(tuple(Field(one.zh + ("" if one.needed else "（可不填）"), "", 2) for one in row.asks)),
        Table(("事项", "期限", "依据"), terms, (1.4, 3, 2.6)),
        Note(GENERAL),
        Note("您可以自己前往，也可以由调解中心转介；调解进行中也可以选择，互不影响。"),
        Note("由调解中心转介的，送出哪些内容由您决定，可以随时撤回："
             + "、".join(part.zh for part in row.gives) + "。"),
        Signatures((Signature("当事人"), Signature("日期"))),
    ]  # fmt: skip


def page_of(channel: Channel) -> Document:
    return Document.of(f"{channel.zh}告知单", clock.now(), page(channel))
