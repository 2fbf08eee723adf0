"""Intake items, cases with their parties and consents, and the numbers of committees."""

from mediation.models.cases import Case, CaseMediator, CaseParty, CaseTransition, Consent
from mediation.models.intake import IntakeItem, IntakeTransition
from mediation.models.numbers import CommitteeRegister, CommitteeYear

__all__ = [
    "Case",
    "CaseMediator",
    "CaseParty",
    "CaseTransition",
    "CommitteeRegister",
    "CommitteeYear",
    "Consent",
    "IntakeItem",
    "IntakeTransition",
]
