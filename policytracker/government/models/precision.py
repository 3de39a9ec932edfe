"""How exactly a date is known."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    """The period a stored day stands for; a due date stores the period's last day, a start its first."""

    DAY = "day", _("day")
    WEEK = "week", _("week")
    MONTH = "month", _("month")
    QUARTER = "quarter", _("quarter")
    HALF = "half", _("half-year")
    YEAR = "year", _("year")
    APPROXIMATE = "approximate", _("approximate")
    INFERRED = "inferred", _("inferred")
    NO_LATER_THAN = "no later than", _("no later than")
