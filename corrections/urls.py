from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from corrections.api import (
    aftercare,
    assessments,
    complaints,
    contacts,
    courts,
    decisions,
    endings,
    entries,
    evaluations,
    leaves,
    medical,
    people,
    personal,
    positioning,
    reception,
    searches,
    sendings,
    transfers,
)
from corrections.api.closing import MarkTakenBackView, SubjectReportsView, ToBeSealedView
from corrections.api.papers import (
    AssessmentPaperView,
    ComplaintPaperView,
    CorrectionBlankView,
    CorrectionFormsView,
    DelegationPaperView,
    OpinionPaperView,
    SubjectPaperView,
)
from corrections.api.selfcheck import SelfCheckPrintView, SelfCheckView

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("corrections/subjects", people.SubjectViewSet, "correction-subject")
router.register("corrections/orders", people.OrderViewSet, "correction-order")
router.register("corrections/groups", people.GroupViewSet, "correction-group")
router.register("corrections/plans", people.PlanViewSet, "correction-plan")
router.register("corrections/contacts", contacts.ContactViewSet, "correction-contact")
router.register("corrections/visits", contacts.VisitViewSet, "correction-visit")
router.register("corrections/place-flags", contacts.FlagViewSet, "correction-place-flag")
router.register("corrections/leaves", leaves.LeaveViewSet, "correction-leave")
router.register("corrections/searches", searches.SearchViewSet, "correction-search")
router.register("corrections/receptions", reception.ReceptionViewSet, "correction-reception")
router.register("corrections/end-confirmations", reception.EndConfirmationViewSet, "correction-end")
router.register("corrections/file-items", reception.FileItemViewSet, "correction-file-item")
router.register("corrections/limits", reception.LimitViewSet, "correction-limit")
router.register("corrections/entries", entries.EntryViewSet, "correction-entry")
router.register("corrections/assessments", assessments.AssessmentViewSet, "correction-assessment")
router.register("corrections/evaluations", evaluations.EvaluationViewSet, "correction-evaluation")
router.register("corrections/court-facts", courts.CourtFactViewSet, "correction-court-fact")
router.register("corrections/medical-reports", medical.MedicalReportViewSet, "correction-medical")
router.register("corrections/report-lengthenings", medical.LengtheningViewSet, "correction-lengthening")
router.register("corrections/periodic-reports", personal.PeriodicReportViewSet, "correction-periodic")
router.register("corrections/timely-reports", personal.TimelyReportViewSet, "correction-timely")
router.register("corrections/owed-sendings", sendings.SendingViewSet, "correction-sending")
router.register("corrections/aftercares", aftercare.AftercareViewSet, "correction-aftercare")
router.register("corrections/permits", leaves.PermitViewSet, "correction-permit")
router.register("corrections/delegations", leaves.DelegationViewSet, "correction-delegation")

router.register("corrections/decisions", decisions.DecisionViewSet, "correction-decision")
router.register("corrections/decision-objections", decisions.ObjectionsViewSet, "correction-objection")
router.register("corrections/complaints", complaints.ComplaintViewSet, "correction-complaint")
router.register("corrections/second-decisions", complaints.SecondViewSet, "correction-second-decision")
router.register("corrections/findings", positioning.FindingViewSet, "correction-finding")
router.register("corrections/positioning-orders", positioning.PositioningViewSet, "correction-positioning")
router.register("corrections/endings", endings.EndingViewSet, "correction-ending")
router.register("corrections/detentions", endings.DetentionViewSet, "correction-detention")
router.register("corrections/transfers", transfers.TransferViewSet, "correction-transfer")
router.register("corrections/opinions", transfers.OpinionViewSet, "correction-opinion")

urlpatterns: list[URLPattern | URLResolver] = [
    *router.urls,
    path("corrections/self-check", SelfCheckView.as_view()),
    path("corrections/self-check/print", SelfCheckPrintView.as_view()),
    path("corrections/forms", CorrectionFormsView.as_view()),
    path("corrections/forms/<slug:key>/blank", CorrectionBlankView.as_view()),
    path("corrections/subjects/<uuid:pk>/papers/<slug:key>", SubjectPaperView.as_view()),
    path("corrections/complaints/<uuid:pk>/paper", ComplaintPaperView.as_view()),
    path("corrections/assessments/<uuid:pk>/paper", AssessmentPaperView.as_view()),
    path("corrections/delegations/<uuid:pk>/paper", DelegationPaperView.as_view()),
    path("corrections/opinions/<uuid:pk>/paper", OpinionPaperView.as_view()),
    path(
        "corrections/subjects/<uuid:pk>/to-be-sealed", ToBeSealedView.as_view(), name="subject-to-be-sealed"
    ),
    path("corrections/subjects/<uuid:pk>/to-be-sealed/take-back", MarkTakenBackView.as_view()),
    path("corrections/subjects/<uuid:pk>/reports", SubjectReportsView.as_view(), name="subject-reports"),
    path("corrections/subjects/<uuid:pk>/counts", decisions.CountsView.as_view()),
    path("corrections/subjects/<uuid:pk>/end-checklist", endings.ChecklistView.as_view()),
    path("corrections/subjects/<uuid:pk>/termination", endings.TerminationView.as_view()),
]
