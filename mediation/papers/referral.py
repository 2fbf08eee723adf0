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
from mediation.channels import FIELDS, Channel

WORDS: Mapping[Channel, str] = {
    Channel.REVIEW: (
        "　　认为行政机关的行政行为侵犯您的合法权益的，可以申请行政复议。"
        "书面、口头都可以，网上也可以提出，不收费。"
        "有的事项必须先复议、再起诉，窗口会告诉您。复议机关也可以调解。"
    ),
    Channel.ARBITRATION: (
        "　　平等的当事人之间的合同和其他财产纠纷，双方有仲裁协议的，可以仲裁。"
        "婚姻、收养、监护、扶养、继承纠纷不能仲裁。"
        "仲裁协议要写明愿意仲裁、仲裁什么、哪个仲裁机构。没有协议的，申请后对方在首次开庭前不否认的，也可以。"
    ),
    Channel.LABOUR_ARBITRATION: (
        "　　劳动者和用人单位的争议，可以随时申请劳动仲裁，不必等调解结束，不收费。拖欠工资、工伤等都可以。"
    ),
    Channel.NOTARY: (
        "　　双方达成一致以后，可以办理公证。"
        "有强制执行承诺的还款协议经过公证，对方不履行时可以直接申请法院执行。"
        "双方对公证的事项还有争议的，公证处不会办理。"
    ),
    Channel.LEGAL_AID: (
        "　　经济困难的，可以申请免费的律师帮助。遭受家庭暴力、见义勇为等情形不看经济状况；"
        "没有固定收入的未成年人、老年人、残疾人，领取社会救助的人，请求劳动报酬或者工伤待遇的农民工，不核查经济状况。"
        "期限快到的，可以先提供帮助。"
    ),
    Channel.COURT: (
        "　　您随时可以向人民法院起诉。法院会先问双方是否愿意调解，您可以不同意。"
        "遭受家庭暴力或者面临现实危险的，可以申请人身安全保护令，不收费。"
    ),
    Channel.PETITION: (
        "　　您可以向有权处理的机关信访，提出建议、意见或者请求。信访是您的权利，不会因此受到任何不利对待。"
    ),
}
TERMS: Mapping[Channel, tuple[tuple[str, str, str], ...]] = {
    Channel.REVIEW: (
        ("申请", "自知道行政行为之日起六十日内", "AR-20"),
        ("是否受理", "五个工作日", "AR-30/31"),
        ("决定", "简易程序三十日，普通程序六十日，可延长三十日", "AR-54/62"),
    ),
    Channel.ARBITRATION: (
        ("是否受理", "五日", "AB-35"),
        ("申请撤销裁决", "收到裁决书之日起三个月内", "AB-64/72/90"),
    ),
    Channel.LABOUR_ARBITRATION: (
        ("申请", "自知道权利被侵害之日起一年内", "LB-27"),
        ("是否受理", "五日", "LB-27"),
        ("裁决", "四十五日，可延长十五日", "LB-27"),
    ),
    Channel.NOTARY: (("出具公证书", "受理之日起十五个工作日", "NO-30"),),
    Channel.LEGAL_AID: (
        ("审查", "七日，材料不齐的一次告知", "LA-43"),
        ("指派", "三日", "LA-43"),
        ("对不予援助有异议", "向司法行政部门提出，五日内答复", "LA-49"),
    ),
    Channel.COURT: (("人身安全保护令", "七十二小时内作出，紧急的二十四小时", "DV-23/28"),),
    Channel.PETITION: (
        ("登记转送", "十五日", "PT-22/34/35/36"),
        ("办理", "六十日，可延长三十日", "PT-22/34/35/36"),
        ("复查、复核", "各三十日", "PT-22/34/35/36"),
    ),
}
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
    rows = tuple((name, term, CITED[source]) for name, term, source in TERMS[channel])
    return [
        Title(channel.zh),
        Paragraph(WORDS[channel]),
        Fields(tuple(Field(one.zh + ("" if one.needed else "（可不填）"), "", 2) for one in FIELDS[channel])),
        Table(("事项", "期限", "依据"), rows, (1.4, 3, 2.6)),
        Note(GENERAL),
        Note("您可以自己前往，也可以由调解中心转介；调解进行中也可以选择，互不影响。"),
        Signatures((Signature("当事人"), Signature("日期"))),
    ]


def page_of(channel: Channel) -> Document:
    return Document.of(f"{channel.zh}告知单", clock.now(), page(channel))
