"""Forms of imports: what to import, and which column is which."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from articles.given import Given, addresses_in
from articles.importing.columns import FIELDS
from articles.models import Feed, Publisher

MOST_ADDRESSES = 10_000
LARGEST_UPLOAD = 200_000_000


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Any number of files."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(ManyFilesField, self).clean(each, initial) for each in files]


class ImportForm(forms.Form):
    """Files, addresses, and what the files do not say themselves."""

    documents = ManyFilesField(
        label=_("Choose files"),
        required=False,
        allow_empty_file=True,  # told as the item's reason, beside the others
        help_text=_(
            "Text, HTML, PDF, CSV, JSON, feed, WARC or a ZIP of these. Up to 1,000 files and 200 MB. Or drop them here."
        ),
    )
    addresses = forms.CharField(
        label=_("Or paste links, one per line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text=_("Articles, feeds or sitemaps."),
    )
    publisher: Any = forms.ModelChoiceField(
        Publisher.objects.all(),
        label=_("Publisher, if the files do not say"),
        required=False,
        empty_label=_("Read from each file"),
    )
    published_on = forms.DateField(
        label=_("Date, if the texts do not say"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def clean_addresses(self) -> list[Given]:
        given = addresses_in(self.cleaned_data["addresses"])
        if len(given) > MOST_ADDRESSES:
            raise forms.ValidationError(
                _("More than %(limit)s links: split the list."), params={"limit": MOST_ADDRESSES}
            )
        return given

    def clean_documents(self) -> list[UploadedFile]:
        files = self.cleaned_data["documents"]
        if sum(each.size or 0 for each in files) > LARGEST_UPLOAD:
            raise forms.ValidationError(_("More than 200 MB at once: split the files, or import them on the server."))
        return files

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("documents") and not cleaned.get("addresses"):
            raise forms.ValidationError(_("Choose a file or paste a link: there is nothing to import yet."))
        return cleaned

    def sources(self) -> Iterator[Given]:
        """Yield everything to be imported."""
        for each in self.cleaned_data["documents"]:
            yield Given(source=each.name or "file", file=each.file)
        yield from self.cleaned_data["addresses"]

    def options(self) -> dict[str, Any]:
        """Return what is kept with the batch."""
        publisher, day = self.cleaned_data["publisher"], self.cleaned_data["published_on"]
        said = {"publisher": publisher and publisher.pk, "published_on": day and day.isoformat()}
        return {name: value for name, value in said.items() if value}


class MappingForm(forms.Form):
    """For each field of an article, the column it is read from."""

    def __init__(self, *args: Any, columns: list[str], mapping: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("none")), *((column, column) for column in columns if column)]
        for name in FIELDS:
            self.fields[name] = forms.ChoiceField(
                label=_LABELS[name], choices=choices, required=False, initial=mapping.get(name, "")
            )

    def mapping(self) -> dict[str, str]:
        """Return field to column, for those that were chosen."""
        return {name: column for name, column in self.cleaned_data.items() if column}


_LABELS = {
    "url": _("Address"),
    "headline": _("Headline"),
    "text": _("Text"),
    "authors": _("Byline"),
    "publisher": _("Publisher"),
    "section": _("Section"),
    "language": _("Language"),
    "published": _("Published"),
    "updated": _("Updated"),
    "image_credit": _("Image credit"),
}


class FeedForm(forms.ModelForm):
    """A feed or sitemap to listen to."""

    url = forms.URLField(label=_("Address"), max_length=2000, assume_scheme="https")

    class Meta:
        model = Feed
        fields = ("url", "title", "kind", "publisher", "interval_minutes")


class TokenForm(forms.Form):
    """What a token is for, so that one knows later which to revoke."""

    name = forms.CharField(label=_("What it is for"), max_length=100)
