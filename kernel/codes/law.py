"""Code tables C-1 … C-13 and the closed list of danger signs (EF-9). Values are what is stored and sent."""

from kernel.codes import CodeTable
from kernel.law import law


@law("C-1")
class CorrectionCategory(CodeTable, table="correction_category"):
    """C-1 矫正类别: four and no other (CCL-2)."""

    PUBLIC_SURVEILLANCE = "01", "管制", "public surveillance"
    SUSPENDED_SENTENCE = "02", "缓刑", "suspended sentence"
    PAROLE = "03", "假释", "parole"
    TEMPORARY_OUTSIDE_PRISON = "04", "暂予监外执行", "temporary service outside prison"


@law("C-1")
class TemporaryOutsideGround(CodeTable, table="temporary_outside_ground"):
    """C-1, category 04."""

    MEDICAL = "a", "保外就医", "medical"
    PREGNANCY = "b", "怀孕或哺乳", "pregnancy or nursing"
    CANNOT_CARE = "c", "生活不能自理", "cannot care for self"


@law("C-2")
class DisputeCategory(CodeTable, table="dispute_category"):
    """C-2 矛盾纠纷类别."""

    FAMILY = "01", "婚姻家庭", "marriage and family"
    NEIGHBOUR = "02", "邻里", "neighbours"
    HOUSE = "03", "房屋宅基地", "house and homestead"
    CONTRACT = "04", "合同", "contract"
    BUSINESS = "05", "生产经营", "production and business"
    DAMAGES = "06", "损害赔偿", "damages"
    FOREST_LAND = "07", "山林土地", "forest and land"
    EXPROPRIATION = "08", "征地拆迁", "expropriation"
    POLLUTION = "09", "环境污染", "pollution"
    WAGES_MIGRANT = "10a", "拖欠农民工工资", "migrant workers' wages"
    LABOUR = "10b", "其他劳动争议", "other labour disputes"
    TOURISM = "11", "旅游", "tourism"
    ECOMMERCE = "12a", "电子商务", "e-commerce"
    CONSUMER = "12b", "其他消费", "other consumer disputes"
    MEDICAL = "13", "医疗", "medical"
    TRAFFIC = "14", "道路交通事故", "traffic accident"
    PROPERTY_MANAGEMENT = "15", "物业", "property management"
    OTHER = "99", "其他", "other"


@law("C-3", "PM-F4", "PM-18")
class DisputeSource(CodeTable, table="dispute_source"):
    """C-3 案件来源."""

    APPLICATION = "1", "当事人申请", "application by a party"
    PROACTIVE = "2", "主动调解", "proactive"
    POLICE = "3", "公安移交", "police transfer"
    COURT = "4", "法院委托委派", "court"
    DEPARTMENT = "5", "部门移送", "department"
    PETITION = "6", "信访", "petition"
    GRID_SCREENING = "7", "网格排查", "grid screening"
    HOTLINE = "8", "12345 热线", "12345 hotline"
    OTHER = "9", "其他", "other"


@law("C-4")
class DisputeScale(CodeTable, table="dispute_scale"):
    """C-4 事件规模: a count, not a threat mark."""

    INDIVIDUAL = "01", "个体性", "individual"
    GROUP = "02", "一般群体性", "general group"
    MAJOR_GROUP = "03", "重大群体性", "major group"


@law("C-5")
class ResolutionMethod(CodeTable, table="resolution_method"):
    """C-5 化解方式."""

    SETTLEMENT = "01", "和解", "settlement"
    PEOPLES_MEDIATION = "02", "人民调解", "people's mediation"
    ADMINISTRATIVE_MEDIATION = "03", "行政调解", "administrative mediation"
    INDUSTRY_MEDIATION = "04", "行业专业调解", "industry mediation"
    COURT_MEDIATION = "05", "司法调解", "court mediation"
    ADMINISTRATIVE_RULING = "06", "行政裁决", "administrative ruling"
    REVIEW = "07", "行政复议", "administrative review"
    ARBITRATION = "08", "仲裁", "arbitration"
    NOTARISATION = "09", "公证", "notarisation"
    LITIGATION = "10", "诉讼", "litigation"
    PETITION = "11", "信访", "petition"
    LEGAL_AID = "12", "法律援助", "legal aid"
    DEPARTMENT = "13", "部门办理", "department handling"
    OTHER = "99", "其他", "other"


@law("C-10")
class ContactForm(CodeTable, table="contact_form"):
    """C-10 联系方式. The table's name says nothing about the person: phones keep it."""

    COMMUNICATION = "1", "通信联络", "communication"
    INFORMATISED_CHECK = "2", "信息化核查", "informatised check"
    FIELD_VISIT = "3", "实地查访", "field visit"
    OFFICE_REPORT = "4", "到所报告", "report at the office"
    WRITTEN_REPORT = "5", "书面报告", "written report"


@law("C-12", "GR-9")
class GridType(CodeTable, table="grid_type"):
    """C-12 网格类型."""

    COMPREHENSIVE = "1", "综合网格", "comprehensive"
    SPECIAL = "2", "专属网格", "special"
    MICRO = "3", "微网格", "micro"


@law("C-13")
class Colour(CodeTable, table="dispute_colour"):
    """C-13: belongs to a dispute, never to a person, a household, a grid or a building."""

    WATCH = "G", "蓝/绿 关注", "watch"
    YELLOW = "Y", "黄 网格社区", "grid and community"
    ORANGE = "O", "橙 街道当日", "street, same day"
    RED = "R", "红 区级即办", "district, at once"


class DangerSignCode(CodeTable, table="danger_sign"):
    """EF-9: acts seen or told in this dispute. No trait of a person is a sign, and nothing is ever added
    up."""

    THREAT = "threat", "明确威胁", "explicit threat"
    WEAPON = "weapon", "持有凶器", "weapon"
    VIOLENCE = "violence", "暴力或伤害", "violence or injury"
    STALKING = "stalking", "跟踪尾随", "stalking"
    DOMESTIC_VIOLENCE = "domestic_violence", "家庭暴力迹象", "indicator of domestic violence"
    CHILD_AT_RISK = "child_at_risk", "儿童处于危险", "child at risk"
    SELF_HARM_WORDS = "self_harm_words", "自伤言语", "words of self-harm"
    ARSON_WORDS = "arson_words", "纵火爆炸言语", "arson or explosive words"
    REPEATED_POLICE_CALLS = (
        "repeated_police_calls",
        "当事人自述多次报警",
        "repeated police calls as told by the party",
    )


@law("CZ-4")
class AreaLevel(CodeTable, table="area_level"):
    PROVINCE = "province", "省", "province"
    CITY = "city", "市", "city"
    DISTRICT = "district", "区县", "district or county"
    STREET = "street", "街道乡镇", "street or township"
    COMMUNITY = "community", "社区村", "community or village"


class HandlingLevel(CodeTable, table="handling_level"):
    """The level whose attention a dispute has."""

    GRID = "grid", "网格", "grid"
    COMMUNITY = "community", "社区", "community"
    STREET = "street", "街道", "street"
    DISTRICT = "district", "区", "district"


class CoordinateSystem(CodeTable, table="coordinate_system"):
    """Declared with every point, never guessed."""

    WGS84 = "WGS84", "WGS-84", "WGS-84 (GNSS)"
    CGCS2000 = "CGCS2000", "国家大地坐标系 2000", "China Geodetic Coordinate System 2000"
    GCJ02 = "GCJ02", "GCJ-02 火星坐标", "GCJ-02 (Amap, Tencent)"
    BD09 = "BD09", "BD-09 百度坐标", "BD-09 (Baidu)"
