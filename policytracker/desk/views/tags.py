"""Tags: the list, the passages under each, making, renaming and merging them."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from policytracker.tracking.actions.tags import create_tag, final, merge_tags, rename_tag
from policytracker.tracking.models import Annotation, FormerTagAddress, Tag

from ..access import DeskRequest, desk_view
from ..forms.tags import MergeTagForm, TagForm
from ..paging import page_of
from ..sending import attempt


@require_safe
@desk_view()
def tag_list(request: DeskRequest) -> HttpResponse:
    """All tags in use, with how many notes carry each."""
    return _draw_list(request, TagForm())


@require_POST
@desk_view("create_tag")
def tag_create(request: DeskRequest) -> HttpResponse:
    """Make a tag."""
    form = TagForm(request.POST)
    if form.is_valid():
        tag = attempt(form, lambda: create_tag(label=form.cleaned_data["label"], by=request.user, at=timezone.now()))
        if tag is not None:
            return redirect("desk:tag_detail", slug=final(tag).slug)
    return _draw_list(request, form, status=422)


def _draw_list(request: DeskRequest, form: TagForm, *, status: int = 200) -> HttpResponse:
    visible = Q(annotations__in=Annotation.objects.standing().visible_to(request.user))
    tags = Tag.objects.filter(merged_into__isnull=True).annotate(uses=Count("annotations", filter=visible))
    return render(request, "desk/tag_list.html", {"tags": tags.order_by("label"), "form": form}, status=status)


@require_safe
@desk_view()
def tag_detail(request: DeskRequest, slug: str) -> HttpResponse:
    """The passages and notes under a tag, across articles; an old address leads to the new one."""
    tag = Tag.objects.select_related("merged_into").filter(slug=slug).first()
    if tag is None:
        former = get_object_or_404(FormerTagAddress.objects.select_related("tag"), slug=slug)
        return redirect("desk:tag_detail", slug=final(former.tag).slug, permanent=True)
    if tag.merged_into is not None:
        return redirect("desk:tag_detail", slug=final(tag).slug, permanent=True)
    return _draw(request, tag)


@require_POST
@desk_view("manage_tags")
def tag_rename(request: DeskRequest, slug: str) -> HttpResponse:
    """Call a tag differently, everywhere at once."""
    tag = get_object_or_404(Tag, slug=slug, merged_into__isnull=True)
    form = TagForm(request.POST)
    if form.is_valid():
        label = form.cleaned_data["label"]
        renamed = attempt(form, lambda: rename_tag(tag=tag, label=label, by=request.user, at=timezone.now()))
        if renamed is not None:
            messages.success(request, _("The tag is called “%(label)s” now.") % {"label": renamed.label})
            return redirect("desk:tag_detail", slug=renamed.slug)
    return _draw(request, tag, rename_form=form, status=422)


@require_POST
@desk_view("manage_tags")
def tag_merge(request: DeskRequest, slug: str) -> HttpResponse:
    """Put another tag wherever this one stood."""
    tag = get_object_or_404(Tag, slug=slug, merged_into__isnull=True)
    form = MergeTagForm(request.POST)
    if form.is_valid():
        into = form.cleaned_data["into"]
        merged = attempt(form, lambda: merge_tags(tag=tag, into=into, by=request.user, at=timezone.now()))
        if merged is not None:
            messages.success(request, _("Merged into “%(label)s”.") % {"label": merged.label})
            return redirect("desk:tag_detail", slug=merged.slug)
    return _draw(request, tag, merge_form=form, status=422)


def _draw(
    request: DeskRequest,
    tag: Tag,
    *,
    rename_form: TagForm | None = None,
    merge_form: MergeTagForm | None = None,
    status: int = 200,
) -> HttpResponse:
    notes = Annotation.objects.for_list_page(request.user).filter(tags=tag)
    context = {
        "tag": tag,
        "page": page_of(notes, request),
        "rename_form": rename_form or TagForm(initial={"label": tag.label}),
        "merge_form": merge_form or MergeTagForm(),
    }
    return render(request, "desk/tag_detail.html", context, status=status)
