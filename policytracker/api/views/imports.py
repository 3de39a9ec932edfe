"""Imports by programs: ask for one, see how far it is."""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.authentication import SessionAuthentication
from rest_framework.decorators import api_view, authentication_classes, parser_classes, permission_classes
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from articles.actions.queueing import queue_import
from articles.given import Given
from articles.models import ImportBatch
from articles.reports import reason_of
from policytracker.api.authentication import TokenAuthentication
from policytracker.api.serializers import ImportItemSerializer, ImportRequestSerializer, ImportSerializer

ITEMS = 100
_KEY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="Any words of your own, at most 180 characters; the same words again give the same import.",
)


class MayImport(BasePermission):
    """Whoever may import at the desk may import by program."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return bool(request.user and request.user.is_authenticated and request.user.has_perm("desk.import"))


@extend_schema(
    request=ImportRequestSerializer, responses={202: ImportSerializer}, parameters=[_KEY], summary="Import articles"
)
@api_view(["POST"])
@authentication_classes([TokenAuthentication, SessionAuthentication])
@permission_classes([MayImport])
@parser_classes([JSONParser, MultiPartParser])
def import_create(request: Request) -> Response:
    """Queue an import of addresses, articles or files (multipart field `file`, any number) and answer at once."""
    asked = ImportRequestSerializer(data=request.data, context={"request": request})
    asked.is_valid(raise_exception=True)
    key = _key_of(request)
    mark = _mark_of(request)
    values = asked.validated_data
    batch = queue_import(
        sources=_sources(request, values),
        by=request.user,
        at=timezone.now(),
        label=values.get("label", ""),
        options=_options(values) | {"request": mark},
        idempotency_key=f"api:{key}" if key else "",
    )
    if batch.options.get("request") != mark:
        detail = _("This Idempotency-Key was used for another import before; use a new one.")
        return Response({"detail": detail}, status=status.HTTP_409_CONFLICT)
    answer = ImportSerializer(batch).data
    return Response(answer, status=status.HTTP_202_ACCEPTED, headers={"Location": answer["url"]})


@extend_schema(responses=ImportSerializer, summary="How far an import is")
@api_view(["GET"])
@authentication_classes([TokenAuthentication, SessionAuthentication])
@permission_classes([MayImport])
def import_detail(request: Request, pk: int) -> Response:
    """Counts of an import of one's own, and its items, a hundred at a time: `?after=` the last item's number."""
    batch = get_object_or_404(ImportBatch, pk=pk, requested_by=request.user.pk)
    after = request.query_params.get("after", "0")
    if not after.isdecimal() or len(after) > 18:
        raise ValidationError({"after": _("Give the number that “next” names.")})
    items = batch.items.exclude(outcome="expanded").filter(pk__gt=int(after)).for_page().order_by("pk")[: ITEMS + 1]
    shown = list(items)[:ITEMS]
    for item in shown:
        item.reason = reason_of(item)
    following = f"?after={shown[-1].pk}" if len(items) > ITEMS else None
    answer = ImportSerializer(batch).data | {"items": ImportItemSerializer(shown, many=True).data, "next": following}
    return Response(answer)


def _key_of(request: Request) -> str:
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > 180:
        raise ValidationError({"Idempotency-Key": _("At most 180 characters.")})
    return key


def _mark_of(request: Request) -> str:
    """Return what tells this request from another under the same key."""
    data: Any = request.data
    # A form may give several values under one name.
    values = dict(data.lists()) if isinstance(data, QueryDict) else data
    told = json.dumps({name: values[name] for name in values if name != "file"}, sort_keys=True, default=str)
    mark = sha256(told.encode("utf-8", "replace"))
    for each in request.FILES.getlist("file"):
        mark.update((each.name or "").encode("utf-8", "replace"))
        for chunk in each.chunks():
            mark.update(chunk)
        each.seek(0)
    return mark.hexdigest()


def _sources(request: Request, values: dict[str, Any]) -> Iterator[Given]:
    for url in dict.fromkeys(values.get("sources", [])):
        yield Given(source=url.strip())
    if values.get("articles"):
        lines = "\n".join(json.dumps(article) for article in values["articles"])
        yield Given.of_bytes(lines.encode(), name="articles")
    for each in request.FILES.getlist("file"):
        yield Given(source=each.name or "file", file=each.file)


def _options(values: dict[str, Any]) -> dict[str, Any]:
    publisher, day = values.get("publisher"), values.get("published_on")
    said = {"publisher": publisher and publisher.pk, "published_on": day and day.isoformat()}
    return {name: value for name, value in said.items() if value}
