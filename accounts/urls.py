from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from accounts.api import district, sessions, vendors

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("organisations", district.OrganisationViewSet, "organisation")
router.register("users", district.UserViewSet, "user")
router.register("memberships", district.MembershipViewSet, "membership")
router.register("devices", district.DeviceViewSet, "device")
router.register("enrolment-codes", district.EnrolmentCodeViewSet, "enrolment-code")
router.register("vendor-accounts", vendors.VendorViewSet, "vendor-account")

urlpatterns: list[URLPattern | URLResolver] = [
    path("auth/enrol", sessions.EnrolView.as_view(), name="auth-enrol"),
    path("auth/login", sessions.LoginView.as_view(), name="auth-login"),
    path("auth/refresh", sessions.RefreshView.as_view(), name="auth-refresh"),
    path("auth/role", sessions.RoleView.as_view(), name="auth-role"),
    path("auth/logout", sessions.LogoutView.as_view(), name="auth-logout"),
    path("auth/me", sessions.MeView.as_view(), name="auth-me"),
    path("auth/wiped", sessions.WipedView.as_view(), name="auth-wiped"),
    path("auth/password", sessions.PasswordView.as_view(), name="auth-password"),
    *router.urls,
]
