"""Roles (domain: places and people). A session has exactly one of them active."""

from kernel.codes import CodeTable


class Role(CodeTable, table="role"):
    GRID_WORKER = "grid_worker", "网格员", "grid worker"
    COMMUNITY_COORDINATOR = "community_coordinator", "社区协调员", "community coordinator"
    CENTRE_CLERK = "centre_clerk", "调解中心登记员", "mediation centre clerk"
    MEDIATOR = "mediator", "人民调解员", "people's mediator"
    CENTRE_DIRECTOR = "centre_director", "调解中心主任", "mediation centre director"
    COMMITTEE_KEEPER = "committee_keeper", "调委会文书", "committee keeper"
    DUTY_OFFICER = "duty_officer", "值班员", "duty officer"
    STATION_OFFICER = "station_officer", "司法所工作人员", "justice station officer"
    AGENCY_OFFICER = "agency_officer", "矫正机构工作人员", "correction agency officer"
    AGENCY_HEAD = "agency_head", "矫正机构负责人", "head of the correction agency"
    BUREAU_HEAD = "bureau_head", "司法局负责人", "head of the justice bureau"
    LIAISON_OFFICER = "liaison_officer", "公安联络员", "public-security liaison"
    COMPLAINTS_DESK = "complaints_desk", "投诉受理", "complaints desk"
    PROCURATOR = "procurator", "检察", "procurator"
    AUDITOR = "auditor", "审计员", "auditor"
    DISTRICT_ADMIN = "district_admin", "区管理员", "district administrator"
    ANALYST = "analyst", "统计分析", "analyst"
    ARCHIVE_KEEPER = "archive_keeper", "档案管理", "archive keeper"


GUARDED = frozenset(
    {
        Role.STATION_OFFICER, Role.AGENCY_OFFICER, Role.AGENCY_HEAD, Role.BUREAU_HEAD, Role.ARCHIVE_KEEPER,
        Role.LIAISON_OFFICER, Role.PROCURATOR, Role.MEDIATOR, Role.AUDITOR, Role.COMPLAINTS_DESK,
    }
)  # fmt: skip
"""Roles that an administrator only proposes: the head of the receiving organisation confirms them."""

WITH_PHONE = frozenset(
    {
        Role.GRID_WORKER, Role.COMMUNITY_COORDINATOR, Role.DUTY_OFFICER, Role.STATION_OFFICER,
        Role.AGENCY_OFFICER,
    }
)  # fmt: skip
"""Roles that work outside: a phone is enrolled for one of their memberships, and sync is theirs."""
