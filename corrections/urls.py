from django.urls import URLPattern, URLResolver
from rest_framework.routers import SimpleRouter

from corrections.api import contacts, people

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("corrections/subjects", people.SubjectViewSet, "correction-subject")
router.register("corrections/orders", people.OrderViewSet, "correction-order")
router.register("corrections/groups", people.GroupViewSet, "correction-group")
router.register("corrections/plans", people.PlanViewSet, "correction-plan")
router.register("corrections/contacts", contacts.ContactViewSet, "correction-contact")
router.register("corrections/visits", contacts.VisitViewSet, "correction-visit")
router.register("corrections/place-flags", contacts.FlagViewSet, "correction-place-flag")

urlpatterns: list[URLPattern | URLResolver] = router.urls
