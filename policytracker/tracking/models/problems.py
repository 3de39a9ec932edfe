"""What readers told us is wrong."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ProblemReportQuerySet(models.QuerySet):
    """Reports by whether somebody saw to them."""

    def waiting(self) -> Self:
        """Those that nobody has answered."""
        return self.filter(handled_at__isnull=True)

    def handled(self) -> Self:
        """Those that somebody has, with who."""
        return self.filter(handled_at__isnull=False).select_related("handled_by")


class ProblemReport(models.Model):
    """A reader's report about a page; it goes to the desk's inbox."""

    path = models.CharField(_("page"), max_length=500)
    body = models.TextField(_("what is wrong"))
    email = models.EmailField(_("e-mail"), blank=True)
    sender_key = models.CharField(max_length=64, db_index=True, help_text=_("A keyed hash of the sender's address."))
    reported_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(blank=True)

    objects: Any = ProblemReportQuerySet.as_manager()

    class Meta:
        ordering = ["-reported_at"]
        verbose_name = _("problem report")
        verbose_name_plural = _("problem reports")
        constraints = [models.CheckConstraint(condition=~Q(body=""), name="problem_report_says_something")]

    def __str__(self) -> str:
        return self.body[:80]
