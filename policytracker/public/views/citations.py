"""How to cite a page for good: its address with the day it showed and the moment by which that was known."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from policytracker.pages import dates

from ..addresses import address_of
from ..kinds import BY_NAME
from ..pages import PublicRequest, Refused, public_page
from ..records import absolute
from .subjects import public_subject

# What TeX would read as an order, as it writes the sign itself.
ESCAPED = {sign: f"\\{sign}" for sign in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@public_page
def cite(request: PublicRequest, slug: str, kind: str) -> HttpResponse:
    """The subject as it stands at the moment asked for: in words, as BibTeX, as CSL-JSON."""
    subject = public_subject(request, BY_NAME[kind].subjects(), slug)
    moment = request.moment
    url = f"{absolute(address_of(subject))}?as_of={moment.as_of.isoformat()}&known_at={moment.known_at:%Y-%m-%dT%H:%M:%SZ}"
    told = {"title": str(subject), "url": url, "day": moment.as_of, "key": f"{kind}-{slug}"}
    asked = request.GET.get("format", "")
    if asked == "bibtex":
        return HttpResponse(_bibtex(told), content_type="application/x-bibtex; charset=utf-8")
    if asked == "csl":
        return JsonResponse([_csl(told)], safe=False, json_dumps_params={"ensure_ascii": False})
    if asked not in ("", "html"):
        raise Refused(_("“format” may be “bibtex” or “csl”."))
    context = {
        "subject": subject,
        "plain": _plain(told),
        "bibtex": _bibtex(told),
        "csl": _csl_words(told),
        "url": url,
        "crumbs": [(str(subject), address_of(subject))],
    }
    return render(request, "public/cite.html", context)


def _plain(told: dict[str, Any]) -> str:
    day = dates.in_words(told["day"])
    return _("{site}: “{title}”, as it stood on {day}. {url}").format(
        site=settings.SITE_NAME, title=told["title"], day=day, url=told["url"]
    )


def _bibtex(told: dict[str, Any]) -> str:
    day = told["day"]
    title = "".join(ESCAPED.get(letter, letter) for letter in told["title"])
    return (
        f"@misc{{{told['key']}-{day.isoformat()},\n"
        f"  author = {{{{{settings.SITE_NAME}}}}},\n"
        f"  title = {{{{{title}}}}},\n"
        f"  year = {{{day.year}}},\n"
        f"  url = {{{told['url']}}},\n"
        f"  urldate = {{{day.isoformat()}}}\n"
        "}\n"
    )


def _csl(told: dict[str, Any]) -> dict[str, Any]:
    day = told["day"]
    parts = {"date-parts": [[day.year, day.month, day.day]]}
    return {
        "id": told["key"],
        "type": "webpage",
        "title": told["title"],
        "container-title": settings.SITE_NAME,
        "author": [{"literal": settings.SITE_NAME}],
        "URL": told["url"],
        "issued": parts,
        "accessed": parts,
    }


def _csl_words(told: dict[str, Any]) -> str:
    return json.dumps([_csl(told)], ensure_ascii=False, indent=2)
