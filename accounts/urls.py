from django.urls import URLPattern, URLResolver, path

from accounts.api import sessions

urlpatterns: list[URLPattern | URLResolver] = [
    path("auth/enrol", sessions.EnrolView.as_view(), name="auth-enrol"),
    path("auth/login", sessions.LoginView.as_view(), name="auth-login"),
    path("auth/refresh", sessions.RefreshView.as_view(), name="auth-refresh"),
    path("auth/role", sessions.RoleView.as_view(), name="auth-role"),
    path("auth/logout", sessions.LogoutView.as_view(), name="auth-logout"),
    path("auth/me", sessions.MeView.as_view(), name="auth-me"),
    path("auth/wiped", sessions.WipedView.as_view(), name="auth-wiped"),
    path("auth/password", sessions.PasswordView.as_view(), name="auth-password"),
]
