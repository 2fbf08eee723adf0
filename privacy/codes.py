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
