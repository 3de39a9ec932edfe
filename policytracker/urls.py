"""Every address of the site. Public pages have a language in front (`/ko/`), everything else has one address."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from policytracker import health
from policytracker.pages import styleguide, themes

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # one way in: the one with limits and a second factor

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("theme/", themes.theme, name="theme"),
    path("language/", set_language, name="set_language"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("desk/", include("policytracker.desk.urls")),
    path("api/v1/", include("policytracker.api.urls")),
    *i18n_patterns(
        *([path("styleguide/", styleguide.styleguide, name="styleguide")] if settings.DEBUG else []),
        path("", include("policytracker.public.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "policytracker.errors.bad_request"
handler403 = "policytracker.errors.permission_denied"
handler404 = "policytracker.errors.page_not_found"
handler500 = "policytracker.errors.server_error"
