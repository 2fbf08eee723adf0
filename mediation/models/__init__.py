"""Intake items, cases with their parties, mediators and words, sessions, notes, offers, the numbers of
committees, and what comes of a case: agreements, obligations, confirmation, follow-up."""

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
from mediation.models.followup import FollowUp, FollowUpTransition, FollowUpWish
from mediation.models.intake import IntakeItem, IntakeTransition
from mediation.models.mediators import (
    ConflictDeclaration,
    Mediator,
    MediatorAbsence,
    MediatorHeard,
    MediatorRelation,
    NamesakeCheck,
)
from mediation.models.notes import CaucusNote, CaucusWord, Document, Note
from mediation.models.numbers import CommitteeRegister, CommitteeYear
from mediation.models.offers import Offer, OfferTo, OfferTransition
from mediation.models.papers import BlockNumber, DossierCopy, NumberBlock
from mediation.models.participants import Participant, RightsNotice
from mediation.models.pauses import Extension, ReachAttempt, Suspension
from mediation.models.referrals import Referral, ReferralStop, ReferralTransition, ReferralWord
from mediation.models.sessions import (
    Attendance,
    ParticipantConsent,
    Session,
    SessionNotice,
    SessionParticipant,
    SessionTransition,
)
from mediation.models.ways import WaysTold

__all__ = [
    "Agreement",
    "AgreementMark",
    "Attendance",
    "BlockNumber",
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
    "ConflictDeclaration",
    "Consent",
    "DateCorrection",
    "Document",
    "DossierCopy",
    "Extension",
    "FeedKey",
    "FollowUp",
    "FollowUpTransition",
    "FollowUpWish",
    "IntakeItem",
    "IntakeTransition",
    "Mediator",
    "MediatorAbsence",
    "MediatorHeard",
    "MediatorRelation",
    "NamesakeCheck",
    "Note",
    "NumberBlock",
    "Obligation",
    "ObligationTransition",
    "Offer",
    "OfferTo",
    "OfferTransition",
    "Participant",
    "ParticipantConsent",
    "Performance",
    "ReachAttempt",
    "Referral",
    "ReferralStop",
    "ReferralTransition",
    "ReferralWord",
    "RightsNotice",
    "Session",
    "SessionNotice",
    "SessionParticipant",
    "SessionTransition",
    "Suspension",
    "WaysTold",
]
