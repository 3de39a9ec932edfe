"""What templates of the desk say: `{% may "publish" as may_publish %}`, `{% form_marks %}`."""

from typing import Any
from uuid import uuid4

from django import template
from django.forms import BoundField
from django.template.defaultfilters import capfirst
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles.models import Article
from policytracker.tracking.models import Evidence, Follow, Tag
from policytracker.tracking.models.candidates import AROUND

from .. import access, kept_forms, navigation
from .. import note_list as note_lists
from ..follow_form import FOLLOWABLE, FollowForm
from ..forms.tags import TagsForm, tags_form_of
from ..kinds import address_of
from ..note_text import note_html
from ..notes import Note
from ..numbers import number_in
from ..threads import Thread

register = template.Library()


@register.simple_tag(takes_context=True)
def may(context: template.Context, right: str, row: Any = None) -> bool:
    """Whether who looks at the page has the right, over this row where it is about one."""
    return access.may(context["user"], right, row)


@register.simple_tag(takes_context=True)
def lacks_factor(context: template.Context) -> bool:
    """Whether who looks at the page could publish, had they set up the second factor that is asked for."""
    return access.lacks_factor_for(context["user"], "publish")


@register.simple_tag(takes_context=True)
def desk_menu(context: template.Context) -> list[navigation.Entry]:
    """What who looks at the page may open."""
    return navigation.menu(context["user"], context["request"].path)


@register.simple_tag(takes_context=True)
def form_marks(context: template.Context) -> SafeString:
    """What each form carries: a token against forgery, who it was drawn for, and a key by which it is stored once."""
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="{}" value="{}"><input type="hidden" name="submission_key" value="{}">',
        context["csrf_token"],
        kept_forms.MARK,
        kept_forms.mark_for(context["user"]),
        context.get("submission_key") or uuid4(),
    )


@register.simple_tag(takes_context=True)
def kept_fields(context: template.Context, kept: dict[str, Any]) -> SafeString:
    """The fields of a kept form, to be sent again."""
    mark = (kept_forms.MARK, kept_forms.mark_for(context["user"]))
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', [mark, *kept["fields"]])


@register.filter
def writer(user: Any) -> str:
    """Who wrote something: their name, or what they sign in as."""
    return user.get_full_name() or user.get_username()


@register.filter
def role_name(group: str) -> str:
    """What a group stands for here; its own name where it stands for none."""
    return str(dict(access.ROLE_NAMES).get(group, group))  # type: ignore[call-overload]


@register.filter
def from_a_word(before: str) -> str:
    """What stands before a passage, from a whole word on where it was cut."""
    return before if len(before) < AROUND else "… " + before.partition(" ")[2]


@register.filter
def to_a_word(after: str) -> str:
    """What stands after a passage, up to a whole word where it was cut."""
    return after if len(after) < AROUND else after.rpartition(" ")[0] + " …"


@register.filter
def note_text(body: str) -> SafeString:
    """What a note says: paragraphs and links, everything else as typed."""
    return note_html(body)


@register.simple_tag
def note_list(threads: list[Thread[Note]], article: Article, is_detached: bool = False) -> SafeString:
    """The notes beside an article's text."""
    return note_lists.note_list(threads, article_id=article.pk, language=article.language, is_detached=is_detached)


@register.simple_tag
def stance(key: str) -> SafeString:
    """How a passage bears on a commitment: icon and word."""
    icon = {"supports": "i-plus", "contradicts": "i-minus"}.get(key, "i-dot")
    return format_html(
        '<span class="stance"><svg class="i" aria-hidden="true"><use href="#{}"/></svg>{}</span>',
        icon,
        capfirst(str(Evidence.Stance(key).label)),
    )


@register.simple_tag
def tags_form_for(tags: list[Tag]) -> TagsForm:
    """The form in which a subject's tags are written."""
    return tags_form_of(tags)


@register.simple_tag
def definition(form: Any, key: str) -> Any:
    """A status as the form's rubric defines it."""
    return form.definitions[key]


@register.simple_tag
def ticked(field: BoundField) -> set[int]:
    """The numbers of the rows that a field of boxes has ticked."""
    return {number for value in field.value() or () if (number := number_in(str(value))) is not None}


@register.filter
def at_desk(row: Any) -> str:
    """The address of a row's page at the desk."""
    return address_of(row)


@register.filter
def desk_key(row: Any) -> str:
    """What names the row in an address."""
    return str(getattr(row, "slug", row.pk))


@register.simple_tag(takes_context=True)
def following(context: template.Context, subject: Any) -> dict[str, Any] | None:
    """How who looks at the page may follow the subject, or does already; None where it cannot be followed."""
    kind = subject._meta.model_name
    is_told = getattr(subject, "is_published", True) and getattr(subject, "merged_into", None) is None
    if kind not in FOLLOWABLE or not is_told or not access.may(context["user"], "follow"):
        return None
    held = Follow.objects.filter(**{"user": context["user"].pk, kind: subject.pk}).first()
    initial = {"note": held.note, "cadence": held.cadence} if held else None
    return {"kind": kind, "held": held, "form": FollowForm(initial=initial, auto_id="id_follow_%s")}


@register.filter
def kind_word(row: Any) -> str:
    """What kind of thing a row is, in words."""
    return str(row._meta.verbose_name) if row is not None else ""
