"""Closed lists of reception, files and limits. None is published to phones."""

from kernel.codes import CodeTable
from kernel.law import law


class CheckItem(CodeTable):
    """The five items of a reception (CCL-22). Without all five nobody is received."""

    DOCUMENTS = "documents", "核对法律文书", "the documents were checked"
    IDENTITY = "identity", "核实身份", "identity was verified by a person"
    REGISTER = "register", "办理登记", "the register was filled in"
    FILE = "file", "建立档案", "the files were opened"
    ANNOUNCEMENT = "announcement", "入矫宣告", "facts, term and rules were announced"


@law("CCM-17")
class ReceptionPlace(CodeTable):
    """Where (CCM-17): who cannot travel is received at home."""

    OFFICE = "office", "机构", "at the office"
    HOME = "home", "上门", "at home"


class Acknowledged(CodeTable):
    """How the announcement was acknowledged. A refusal to sign with a witness counts."""

    SIGNED = "signed", "签字", "signed"
    WITNESSED = "witnessed", "拒签有见证", "refused to sign, with a witness"


class FileKind(CodeTable):
    """Two files (CCM-18)."""

    CORRECTION = "correction", "社区矫正档案", "correction file"
    WORK = "work", "工作档案", "work file"


class ItemKind(CodeTable):
    """What lies in a file (CCM-18)."""

    LEGAL = "legal", "法律文书", "legal documents"
    EXECUTION = "execution", "接收、审批、奖惩、解除文书", "reception, approval, sanction, release"
    WORK = "work", "工作记录", "work records"
    OTHER = "other", "其他材料", "other"


class LimitKind(CodeTable):
    """What the agency alone reads."""

    INJUNCTION = "injunction", "禁止令", "injunction"
    CONTACT = "contact", "接触限制", "contact limit"


class EndOccasion(CodeTable):
    """When two officers confirm the last day."""

    RECEPTION = "reception", "接收时", "at reception"
    BEFORE_END = "before_end", "期满前", "before the end"


class OrderDateKind(CodeTable):
    """What is dated of an order beside its effect (CCL-20, CCM-16, CCM-17)."""

    NOTIFIED = "notified", "决定机关通知", "the deciding organ notified the agency"
    DOCUMENTS = "documents", "收到法律文书", "the documents arrived"
    COPY_PROCURATORATE = "copy_procuratorate", "文书抄送检察院", "the procuratorate has its copy"
    COPY_POLICE = "copy_police", "文书抄送公安", "the police has its copy"
    RECEIPT = "receipt", "送达回执已退", "the receipt went back"
    LATE_TOLD = "late_told", "未按期报到已告知决定机关", "the organ was told that nobody had reported"


class MemberDuty(CodeTable):
    """What a member of a group has undertaken (CCM-19)."""

    PLAN = "plan", "落实矫正方案", "carries the plan out"
    TEACH = "teach", "协助监督管理和教育帮扶", "supports supervision and help"
    REPORT = "report", "及时报告违规和异常情况", "reports breaches and unusual facts at once"
    CARE = "care", "监护和家庭支持", "guards and supports at home"
