"""Intake items, cases with parties and consents, sessions, notes, offers, the numbers of committees, and what
comes of a case: agreements, obligations, confirmation, follow-up."""

from mediation.models.agreements import (
    Agreement,
    AgreementMark,
    DateCorrection,
    Obligation,
    ObligationTransition,
    Performance,
)
from mediation.models.cases import Case, CaseMediator, CaseParty, CaseTransition, Consent
from mediation.models.confirmation import (
    Confirmation,
    ConfirmationReminder,
    ConfirmationTransition,
    ConfirmationWord,
)
from mediation.models.feeds import FeedKey
from mediation.models.followup import FollowUp, FollowUpWish
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
    "Agreement",
    "AgreementMark",
    "Attendance",
    "Case",
    "CaseMediator",
    "CaseParty",
    "CaseTransition",
    "CaucusNote",
    "CaucusWord",
    "CommitteeRegister",
    "CommitteeYear",
    "Confirmation",
    "ConfirmationReminder",
    "ConfirmationTransition",
    "ConfirmationWord",
    "Consent",
    "DateCorrection",
    "Document",
    "FeedKey",
    "FollowUp",
    "FollowUpWish",
    "IntakeItem",
    "IntakeTransition",
    "Note",
    "Obligation",
    "ObligationTransition",
    "Offer",
    "OfferTo",
    "OfferTransition",
    "ParticipantConsent",
    "Performance",
    "Session",
    "SessionNotice",
    "SessionParticipant",
    "SessionTransition",
]
