"""Everything about people in correction. No foreign key leads to a dispute, and none comes."""

from corrections.models.aftercare import Aftercare
from corrections.models.arrivals import OrderDate
from corrections.models.assessments import Assessment, AssessmentVisit
from corrections.models.complaints import BurdenRow, Complaint, SecondDecision
from corrections.models.contacts import ContactStep, DueContact, Naming
from corrections.models.courts import CourtFact
from corrections.models.decisions import Decision, DecisionCopy, Objection
from corrections.models.endings import Detention, Ending, EndNotice, EndPaperRow, EndStage
from corrections.models.entries import EntryNotice, EntryPermission
from corrections.models.evaluations import Evaluation
from corrections.models.groups import Group, Member
from corrections.models.leaves import (
    Delegation,
    Leave,
    LeaveDecision,
    LeaveNotice,
    Permit,
)
from corrections.models.medical import MedicalReport, ReportLengthening
from corrections.models.people import ExecutionPlace, Order, OrderTerm, Subject
from corrections.models.plans import Plan, PlanLine
from corrections.models.positioning import (
    DeviceFault,
    Finding,
    NeedReview,
    PositioningOrder,
    PositioningPoint,
    PositioningProof,
    PositioningSpan,
)
from corrections.models.reception import EndConfirmation, FileItem, Limit, Reception, ReceptionCheck
from corrections.models.reports import PeriodicReport, TimelyReport
from corrections.models.searches import DayCount, Search, SearchEntry
from corrections.models.sendings import OwedSending
from corrections.models.trail import ActStep
from corrections.models.transfers import Opinion, Transfer
from corrections.models.visits import Judgement, PlaceFlag, Visit, VisitFix, VisitVersion

__all__ = [
    "ActStep",
    "Aftercare",
    "Assessment",
    "AssessmentVisit",
    "BurdenRow",
    "Complaint",
    "ContactStep",
    "CourtFact",
    "DayCount",
    "Decision",
    "DecisionCopy",
    "Delegation",
    "Detention",
    "DeviceFault",
    "DueContact",
    "EndConfirmation",
    "EndNotice",
    "EndPaperRow",
    "EndStage",
    "Ending",
    "EntryNotice",
    "EntryPermission",
    "Evaluation",
    "ExecutionPlace",
    "FileItem",
    "Finding",
    "Group",
    "Judgement",
    "Leave",
    "LeaveDecision",
    "LeaveNotice",
    "Limit",
    "MedicalReport",
    "Member",
    "Naming",
    "NeedReview",
    "Objection",
    "Opinion",
    "Order",
    "OrderDate",
    "OrderTerm",
    "OwedSending",
    "PeriodicReport",
    "Permit",
    "PlaceFlag",
    "Plan",
    "PlanLine",
    "PositioningOrder",
    "PositioningPoint",
    "PositioningProof",
    "PositioningSpan",
    "Reception",
    "ReceptionCheck",
    "ReportLengthening",
    "Search",
    "SearchEntry",
    "SecondDecision",
    "Subject",
    "TimelyReport",
    "Transfer",
    "Visit",
    "VisitFix",
    "VisitVersion",
]
