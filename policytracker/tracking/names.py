"""All names of the record, as the gazetteer of the reading machine (reads only)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db.models import Count, Max

from policytracker.government.models import Alias, Initiative, Membership, Ministry, MinistryName, Official, Post, Topic
from policytracker.government.models.aliases import OWNERS
from policytracker.tracking.matching import Gazetteer, Sense, Tenure

TRACKED = ("Alias", "Ministry", "Official", "Post", "Membership", "Initiative")
NAMED: tuple[tuple[str, Any, str], ...] = (
    ("ministry", Ministry.objects, "name"),
    ("official", Official.objects, "name"),
    ("post", Post.objects.select_related("ministry"), "label"),
    ("initiative", Initiative.objects, "name"),
    ("topic", Topic.objects, "label"),
)
Rows = dict[str, list[Any]]
Senses = dict[tuple[str, int], Sense]


def record_gazetteer() -> Gazetteer:
    """The gazetteer of the names as they are now; made anew only where one has changed."""
    return _gazetteer(names_version())


@lru_cache(maxsize=1)
def _gazetteer(version: tuple[int, ...]) -> Gazetteer:
    return Gazetteer(record_names())


def names_version() -> tuple[int, ...]:
    """Numbers that differ whenever a name does: how many there are, and the last entry of each history."""
    version = []
    for name in TRACKED:
        newest = apps.get_model("government", f"{name}Event").objects.aggregate(newest=Max("pgh_id"))["newest"]
        version += [newest or 0, apps.get_model("government", name)._base_manager.count()]
    for model in (MinistryName, Topic):
        counted = model._base_manager.aggregate(count=Count("pk"), newest=Max("pk"))
        version += [counted["newest"] or 0, counted["count"]]
    return tuple(version)


def record_names() -> list[tuple[str, Sense]]:
    """Every name, earlier name, translation and alias with its subject; what was merged stands for its heir."""
    rows = {kind: list(found.all()) for kind, found, _field in NAMED}
    senses = _senses(rows)
    told = [*_own_names(rows, senses), *_earlier_names(senses), *_aliases(senses)]
    return [(name, sense) for name, sense in told if name and name.strip()]


def _senses(rows: Rows) -> Senses:
    tenures = _tenures()
    senses: Senses = {}
    for kind, _found, field in NAMED:
        for row in rows[kind]:
            body = row.ministry if kind == "post" else row
            senses[kind, row.pk] = Sense(
                kind,
                row.slug,
                getattr(row, field),
                getattr(body, "country", ""),
                getattr(body, "classification", ""),
                tuple(tenures[row.pk]) if kind == "post" else (),
                row.pk,
            )
    for kind in ("official", "initiative", "topic"):
        senses |= {(kind, row.pk): senses[kind, row.merged_into_id] for row in rows[kind] if row.merged_into_id}
    return senses


def _tenures() -> dict[int, list[Tenure]]:
    tenures = defaultdict(list)
    for held in Membership.objects.select_related("official").filter(started_on__isnull=False):
        last = held.ended_on
        if last and held.ended_precision == "day" and last > held.started_on:
            last -= timedelta(days=1)  # on the day of a hand-over the successor holds the post
        tenures[held.post_id].append(
            Tenure(
                held.official.slug,
                held.official.name,
                held.started_on,
                last,
                held.official.country,
                held.official.merged_into_id or held.official_id,
            )
        )
    return tenures


def _own_names(rows: Rows, senses: Senses) -> Iterator[tuple[str, Sense]]:
    for kind, _found, field in NAMED:
        for row in rows[kind]:
            sense = senses[kind, row.pk]
            yield getattr(row, field), sense
            for key, told in (row.i18n or {}).items():
                if key.startswith(f"{field}_") and told:
                    yield told, sense


def _earlier_names(senses: Senses) -> Iterator[tuple[str, Sense]]:
    for earlier in MinistryName.objects.all():
        yield earlier.name, senses["ministry", earlier.ministry_id]


def _aliases(senses: Senses) -> Iterator[tuple[str, Sense]]:
    for alias in Alias.objects.all():
        kind = next(owner for owner in OWNERS if getattr(alias, f"{owner}_id"))
        yield alias.name, senses[kind, getattr(alias, f"{kind}_id")]
