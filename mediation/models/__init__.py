"""Intake items, cases with parties and consents, sessions, notes, offers, and the numbers of committees."""

from mediation.models.cases import Case, CaseMediator, CaseParty, CaseTransition, Consent
from mediation.models.feeds import FeedKey
from mediation.models.intake import IntakeItem, IntakeTransition
from mediation.models.notes import CaucusNote, CaucusWord, Document, Note
from mediation.models.numbers import CommitteeRegister, CommitteeYear
from mediation.models.offers import Offer, OfferTo, OfferTransition
from mediation.models.sessions import (
    Attendance,
    ParticipantConsent,
    Session,
    SessionNotice,
    SessionParticipant,
    SessionTransition,
)

__all__ = [
    "Attendance",
    "Case",
    "CaseMediator",
    "CaseParty",
    "CaseTransition",
    "CaucusNote",
    "CaucusWord",
    "CommitteeRegister",
    "CommitteeYear",
    "Consent",
    "Document",
    "FeedKey",
    "IntakeItem",
    "IntakeTransition",
    "Note",
    "Offer",
    "OfferTo",
    "OfferTransition",
    "ParticipantConsent",
    "Session",
    "SessionNotice",
    "SessionParticipant",
    "SessionTransition",
]
