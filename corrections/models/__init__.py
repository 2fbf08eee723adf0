"""Subjects, orders, groups, plans, due contacts and visits. No foreign key leads to a dispute, and none
comes.
"""

from corrections.models.contacts import ContactStep, DueContact, Naming
from corrections.models.groups import Group, Member
from corrections.models.people import ExecutionPlace, Order, OrderTerm, Subject
from corrections.models.plans import Plan, PlanLine
from corrections.models.visits import Judgement, PlaceFlag, Visit, VisitFix, VisitVersion

__all__ = [
    "ContactStep",
    "DueContact",
    "ExecutionPlace",
    "Group",
    "Judgement",
    "Member",
    "Naming",
    "Order",
    "OrderTerm",
    "PlaceFlag",
    "Plan",
    "PlanLine",
    "Subject",
    "Visit",
    "VisitFix",
    "VisitVersion",
]
