from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from mediation import table_urls
from mediation.api import people
from mediation.api.agreements import (
    AgreementLifeViewSet,
    AgreementMarkViewSet,
    AgreementViewSet,
    CaseAgreementViewSet,
    ObligationViewSet,
)
from mediation.api.cases import CaseBriefViewSet, CasePaperViewSet, CaseViewSet
from mediation.api.confirmation import ConfirmationCourtViewSet, ConfirmationViewSet, FollowUpViewSet
from mediation.api.intake import IntakeViewSet
from mediation.api.papers import (
    BlockViewSet,
    DossierFileViewSet,
    DossierViewSet,
    MediationBlankView,
    MediationFormsView,
)
from mediation.api.referrals import (
    ChannelPageView,
    ChannelsView,
    ReferralAnswerViewSet,
    ReferralBeforeViewSet,
    ReferralPaperViewSet,
    ReferralViewSet,
    ReferralWordViewSet,
)
from mediation.api.register import AbsenceViewSet, RegisterViewSet, RelationViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("mediation/intake", IntakeViewSet, basename="intake")
router.register("mediation/cases", CaseViewSet, basename="mediation-case")
router.register("mediation/cases", CasePaperViewSet, basename="mediation-case-paper")
router.register("mediation/cases", CaseBriefViewSet, basename="mediation-case-brief")
router.register("mediation/cases", DossierViewSet, basename="mediation-dossier")
router.register("mediation/cases", DossierFileViewSet, basename="mediation-dossier-file")
router.register("mediation/number-blocks", BlockViewSet, basename="number-block")
router.register("mediation/mediators", RegisterViewSet, basename="mediator")
router.register("mediation/mediators", AbsenceViewSet, basename="mediator-absence")
router.register("mediation/relations", RelationViewSet, basename="mediator-relation")

ACTS = {
    "rights": people.RightsView,
    "needs": people.NeedsView,
    "participants": people.ParticipantsView,
    "participants/end": people.ParticipantEndView,
    "participants/names": people.ParticipantNamesView,
    "reach-attempts": people.AttemptsView,
    "missing": people.MissingView,
    "mediators/all": people.MediatorRowsView,
    "mediators/free": people.FreeView,
    "mediators/declare": people.DeclareView,
    "mediators/namesake": people.NamesakeView,
    "mediators/replace": people.ReplaceView,
    "mediators/told": people.ToldView,
    "suspensions": people.SuspensionsView,
    "suspend": people.SuspendView,
    "resume": people.ResumeView,
    "review": people.ReviewView,
    "ask-extension": people.AskExtensionView,
}
router.register("mediation/cases", CaseAgreementViewSet, basename="mediation-case-agreement")
router.register("mediation/agreements", AgreementViewSet, basename="agreement")
router.register("mediation/agreements", AgreementMarkViewSet, basename="agreement-mark")
router.register("mediation/agreements", AgreementLifeViewSet, basename="agreement-life")
router.register("mediation/obligations", ObligationViewSet, basename="obligation")
router.register("mediation/confirmations", ConfirmationViewSet, basename="confirmation")
router.register("mediation/confirmations", ConfirmationCourtViewSet, basename="confirmation-court")
router.register("mediation/follow-ups", FollowUpViewSet, basename="follow-up")

for viewset in (
    ReferralViewSet,
    ReferralWordViewSet,
    ReferralBeforeViewSet,
    ReferralAnswerViewSet,
    ReferralPaperViewSet,
):
    router.register("mediation/referrals", viewset, basename=f"mediation-{viewset.__name__}")

urlpatterns: list[URLPattern | URLResolver] = [
    *router.urls,
    *table_urls.urlpatterns,
    path("mediation/forms", MediationFormsView.as_view()),
    path("mediation/forms/<slug:key>/blank", MediationBlankView.as_view()),
    path("mediation/channels", ChannelsView.as_view()),
    path("mediation/channels/<slug:key>/page", ChannelPageView.as_view()),
    *[
        path(f"mediation/cases/<uuid:pk>/{name}", view.as_view(), name=f"mediation-case-{name}")
        for name, view in ACTS.items()
    ],
]
