"""What templates of the desk say: `{% may "publish" as may_publish %}`, `{% form_marks %}`."""

from typing import Any
from uuid import uuid4

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .. import access, kept_forms

register = template.Library()


@register.simple_tag(takes_context=True)
def may(context: template.Context, right: str, row: Any = None) -> bool:
    """Whether who looks at the page has the right, over this row where it is about one."""
    return access.may(context["user"], right, row)


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
