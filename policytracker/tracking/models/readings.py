"""Which texts the machine has read, and what it could not read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import Snapshot


class MachineReading(models.Model):
    """The last time a snapshot was read for mentions and candidates. Kept apart from them: most texts give none.

    `apart` lists promises that are not the government's own, each as start, end and why; `unread` says what was not
    read: a language we do not know, a sentence too long, the rest of a very long text.
    """

    class Unread(models.TextChoices):
        LANGUAGE = "language", _("text in a language that is not supported")
        LONG_SENTENCE = "long_sentence", _("sentences too long to be sentences")
        REST = "rest", _("what follows the first five thousand sentences")
        MODEL = "model", _("what the language model would have said: it failed")

    snapshot = models.OneToOneField(
        Snapshot, models.CASCADE, primary_key=True, related_name="machine_reading", verbose_name=_("snapshot")
    )
    read_at = models.DateTimeField(_("read at"))
    method = models.CharField(_("method"), max_length=60)
    languages = models.JSONField(_("languages"), default=list)
    unread = models.JSONField(_("not read"), default=list)
    apart = models.JSONField(_("kept apart"), default=list)

    class Meta:
        verbose_name = _("machine reading")
        verbose_name_plural = _("machine readings")

    def __str__(self) -> str:
        return f"{self.snapshot_id}: {self.method}"

    @property
    def told_unread(self) -> list[str]:
        """What was not read, in words."""
        return [str(self.Unread(code).label) for code in self.unread if code in self.Unread.values]
