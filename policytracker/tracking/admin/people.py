"""Admin of followers, mails, preferences and readers' reports."""

from django.contrib import admin

from policytracker.tracking.models import Follow, MailMessage, Preference, ProblemReport, Subscriber

from .reading import ReadOnlyAdmin


@admin.register(Follow)
class FollowAdmin(ReadOnlyAdmin):
    """Who follows what."""

    list_display = ("id", "user", "subscriber", "cadence", "told_until")
    list_filter = ("cadence",)
    list_select_related = ("user", "subscriber")
    search_fields = ("user__username", "subscriber__email")
    exclude = ("token",)


@admin.register(Subscriber)
class SubscriberAdmin(admin.ModelAdmin):
    """Visitors who follow by mail; deleting one erases the address and its follows."""

    list_display = ("email", "confirmed_at", "bounced_at")
    search_fields = ("email",)
    readonly_fields = ("email", "language", "asked_at", "confirmed_at")


@admin.register(MailMessage)
class MailMessageAdmin(ReadOnlyAdmin):
    """The outbox."""

    list_display = ("to", "subject", "created_at", "sent_at", "attempts", "last_error")
    list_filter = ("attempts",)
    search_fields = ("to", "subject")
    exclude = ("headers",)


@admin.register(Preference)
class PreferenceAdmin(admin.ModelAdmin):
    """How members of staff like to work."""

    list_display = ("user", "language", "time_zone", "wants_mail", "mail_bounced_at")
    list_select_related = ("user",)
    search_fields = ("user__username",)
    autocomplete_fields = ("user",)


@admin.register(ProblemReport)
class ProblemReportAdmin(ReadOnlyAdmin):
    """What readers told us is wrong; answered at the desk."""

    list_display = ("path", "reported_at", "handled_at", "handled_by")
    list_select_related = ("handled_by",)
    search_fields = ("path", "body")
    exclude = ("sender_key",)
