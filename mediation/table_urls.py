"""The addresses of the table: sessions, notes, documents, offers and calendar feeds."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from mediation.api.feeds import CalendarView, FeedViewSet
from mediation.api.notes import CaucusViewSet, DocumentFileView, DocumentViewSet, NoteViewSet
from mediation.api.offers import OfferAnswerViewSet, OfferViewSet
from mediation.api.sessions import (
    NoticeFileView,
    NoticeViewSet,
    ParticipantViewSet,
    SessionTableViewSet,
    SessionViewSet,
)

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("mediation/sessions", SessionViewSet, basename="mediation-session")
router.register("mediation/sessions", SessionTableViewSet, basename="mediation-session-table")
router.register("mediation/session-participants", ParticipantViewSet, basename="mediation-participant")
router.register("mediation/notices", NoticeViewSet, basename="mediation-notice")
router.register("mediation/notes", NoteViewSet, basename="mediation-note")
router.register("mediation/caucus-notes", CaucusViewSet, basename="caucus-note")
router.register("mediation/documents", DocumentViewSet, basename="mediation-document")
router.register("mediation/offers", OfferViewSet, basename="mediation-offer")
router.register("mediation/offers", OfferAnswerViewSet, basename="mediation-offer-answer")
router.register("mediation/feeds", FeedViewSet, basename="mediation-feed")

urlpatterns: list[URLPattern | URLResolver] = [
    *router.urls,
    path("mediation/notices/<uuid:pk>/appointment.ics", NoticeFileView.as_view()),
    path("mediation/documents/<uuid:pk>/file", DocumentFileView.as_view()),
    path("mediation/calendar/<str:token>.ics", CalendarView.as_view()),
]
