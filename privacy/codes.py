"""Closed lists of privacy."""

from kernel.codes import CodeTable


class RecipientKind(CodeTable):
    """提供对象: to whom something about a person goes. No "other": who is not here gets nothing."""

    DEPARTMENT = "department", "有关部门", "department"
    COURT = "court", "法院", "court"
    PROCURATORATE = "procuratorate", "检察院", "procuratorate"
    POLICE = "police", "公安机关", "police"
    LEGAL_AID = "legal_aid", "法律援助机构", "legal aid"
    ARBITRATION = "arbitration", "仲裁机构", "arbitration body"
    NOTARY = "notary", "公证机构", "notary"
    CORRECTION_AGENCY = "correction_agency", "其他社区矫正机构", "another correction agency"
    CITY = "city", "市级机关", "city"
    CIVIL_AFFAIRS = "civil_affairs", "民政部门", "civil affairs"
    EDUCATION = "education", "教育部门", "education"
    COUNTERPART = "counterpart", "对方当事人", "the other party"
    PERSON = "person", "本人或其监护人", "the person or the guardian"
    LAWFUL_QUERY = "lawful_query", "依法查询单位", "a unit with a lawful query"
    EXPORT = "export", "导出文件", "exported file"


class Processing(CodeTable):
    """处理活动: what stays off until an impact assessment of it is in force (PI-55/56)."""

    POSITIONING = "positioning", "电子定位", "electronic positioning"
    TERMINALS = "terminals", "自助终端", "enrolled terminals"
    ANALYSIS = "analysis", "统计分析", "analysis"
    EXPORT_CASES = "export_cases", "导出纠纷和调解数据", "export of disputes and cases"
    EXPORT_CORRECTIONS = "export_corrections", "导出矫正数据", "export of corrections"


class RequestKind(CodeTable):
    """What a person may ask for (PI-45/46/50)."""

    SEE = "see", "查阅", "see"
    COPY = "copy", "复制", "copy"
    CORRECT = "correct", "更正", "correct"
    DELETE = "delete", "删除", "delete"


class NoticeWay(CodeTable):
    """How a notice was told; read out counts."""

    BY_HAND = "by_hand", "当面交付", "by hand"
    READ_OUT = "read_out", "当面宣读", "read out"
    POST = "post", "邮寄", "by post"
    NOT_TOLD = "not_told", "依法不告知", "not told, with the reason"


class ConsentPurpose(CodeTable):
    """What a consent is for; each on its own (PI-29)."""

    MEDIATION = "mediation", "参加调解并记录", "taking part in mediation"
    OWN_LOCATION = "own_location", "网格员本人定位", "a worker's own location"
    FOLLOW_UP = "follow_up", "回访联系", "being called afterwards"
    CHILD = "child", "未满十四周岁（监护人）", "under 14, by the guardian"


class ToldWhom(CodeTable):
    """Who is told of an incident (PI-57)."""

    AUTHORITY = "authority", "履行个人信息保护职责的部门", "the authority"
    PERSONS = "persons", "受影响的个人", "the people concerned"
    SUPERIOR = "superior", "上级机关", "the superior office"
