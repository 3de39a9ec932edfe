"""Our reasons in another language: added after an assessment was published, told by the ledger, the original untouched."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from policytracker.tracking.models import Assessment, Correction

from .corrections import correct_field, end_of
from .refusals import Refused


class NotATranslation(Refused):
    """There are no words, or the record is not kept in that language."""

    field = "words"


def translate_rationale(
    *, assessment: Assessment, language: str, words: str, note: str = "", by: User, at: datetime
) -> Assessment:
    """Add the rationale of a published assessment in a language; where it stands already, correct it with a note.

    Raises NotATranslation, StillADraft, and for a correction NoteMissing or NothingToCorrect.
    """
    words = words.strip()
    if language not in settings.MODELTRANS_AVAILABLE_LANGUAGES:
        raise NotATranslation(_("The record is not kept in this language."))
    if not words:
        raise NotATranslation(_("Write the translation."))
    field = f"rationale_{language}"
    if (assessment.i18n or {}).get(field):
        correct_field(target=assessment, field=field, value=words, note=note, kind=Correction.Kind.TYPO, by=by, at=at)
    else:
        end_of(target=assessment, values={field: words}, by=by, at=at)
    return assessment
