"""Stores what was promised and by whom: organizations to commitments."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import connection

from policytracker.government.models import (
    Alias,
    Commitment,
    Government,
    Initiative,
    Membership,
    Ministry,
    Official,
    Post,
    Precision,
    Succession,
    Topic,
)

from . import mapping
from .mapping import partial_date, recorded_after
from .source import Row, rows
from .tally import Tally

HANGUL = re.compile("[가-힣]")


def source_urls(row: Row) -> list[str]:
    """The addresses of the news items a row rests on."""
    address = {item["id"]: item["url"] for item in rows("news")}
    return [address[source] for source in row["sources"]]


def load_government(tally: Tally) -> None:
    """Store all of the room `government`, in an order that satisfies its keys."""
    _load_ministries(tally)
    _load_officials(tally)
    _load_posts(tally)
    _load_memberships(tally)
    _load_governments(tally)
    _load_topics(tally)
    _load_initiatives(tally)
    _load_commitments(tally)


def _name_in_korean(row: Row, field: str) -> dict[str, str]:
    korean = row.get(f"{field}_ko")
    return {f"{field}_ko": korean} if korean else {}


def _load_aliases(tally: Tally, row: Row, **owner: object) -> None:
    for name in row.get("aliases", []):
        language = "ko" if HANGUL.search(name) else "en"
        tally.ensure("aliases", Alias.objects, key={"name": name, **owner}, language=language)


def _load_ministries(tally: Tally) -> None:
    for row in rows("organizations"):
        founded = partial_date(row.get("founding_date"))
        dissolved = partial_date(row.get("dissolution_date"), end=True)
        ministry = tally.ensure(
            "organizations",
            Ministry.objects,
            key={"slug": row["id"]},
            name=row["name"],
            **_name_in_korean(row, "name"),
            classification=mapping.CLASSIFICATION[row["classification"]],
            classification_note=row["classification"],
            country=row["country"],
            parent=Ministry.objects.get(slug=row["parent"]) if row["parent"] else None,
            founded_on=founded.day,
            founded_precision=founded.precision,
            dissolved_on=dissolved.day,
            dissolved_precision=dissolved.precision,
            homepage=row.get("homepage", ""),
            note=row.get("status", ""),
            source_urls=source_urls(row),
            recorded_at=mapping.RECORD_OPENED,
        )
        _load_aliases(tally, row, ministry=ministry)
    _load_successions(tally)


def _load_successions(tally: Tally) -> None:
    dialogue_office = Ministry.objects.get(slug="dialogue-office")
    relations_group = Ministry.objects.get(slug="relations-group")
    for predecessor, successor, kind, day, precision in (
        (dialogue_office, relations_group, Succession.Kind.MERGED, date(2023, 9, 1), Precision.MONTH),
        (relations_group, dialogue_office, Succession.Kind.RESTORED, date(2025, 11, 4), Precision.DAY),
    ):
        tally.ensure(
            "successions",
            Succession.objects,
            key={"predecessor": predecessor, "successor": successor, "happened_on": day},
            kind=kind,
            happened_precision=precision,
            source_urls=successor.source_urls,
            recorded_at=recorded_after(day),
        )


def _load_officials(tally: Tally) -> None:
    for row in rows("people"):
        official = tally.ensure(
            "people",
            Official.objects,
            key={"slug": row["id"]},
            name=row["name"],
            **_name_in_korean(row, "name"),
            country=row["country"],
            party=Ministry.objects.get(slug=row["party"]) if row["party"] else None,
            born=row.get("birth_date", ""),
            note=row.get("note", ""),
            source_urls=source_urls(row),
            recorded_at=mapping.RECORD_OPENED,
        )
        _load_aliases(tally, row, official=official)


def _load_posts(tally: Tally) -> None:
    for row in rows("posts"):
        tally.ensure(
            "posts",
            Post.objects,
            key={"slug": row["id"]},
            label=row["label"],
            **_name_in_korean(row, "label"),
            ministry=Ministry.objects.get(slug=row["organization"]),
            is_single_holder=row["id"] not in mapping.SHARED_POSTS,
            is_head=row["id"] in mapping.HEADING_POSTS,
            recorded_at=mapping.RECORD_OPENED,
        )


def _load_memberships(tally: Tally) -> None:
    for row in rows("memberships"):
        start = partial_date(row["start_date"], row["start_precision"])
        end = partial_date(row["end_date"], row["end_precision"], end=True)
        attested = [date.fromisoformat(day) for day in row["attested_on"]]
        tally.ensure(
            "memberships",
            Membership.objects,
            key={
                "official": Official.objects.get(slug=row["person"]),
                "post": Post.objects.get(slug=row["post"]),
                "started_on": start.day,
            },
            started_precision=start.precision,
            ended_on=end.day,
            ended_precision=end.precision,
            attested_on=attested,
            nominated_on=row.get("nominated_on"),
            note=row.get("note", ""),
            source_urls=source_urls(row),
            recorded_at=recorded_after(start.day, *attested[:1]),
        )


def _load_governments(tally: Tally) -> None:
    """A president's term is a government: the demo has no rows for governments of its own."""
    predecessor = None
    for row in (row for row in rows("memberships") if row["post"] == "kr-president"):
        president = Official.objects.get(slug=row["person"])
        started_on = date.fromisoformat(row["start_date"])
        predecessor = tally.ensure(
            "governments",
            Government.objects,
            key={"slug": f"{president.slug}-government"},
            name=f"Government of {president.name}",
            name_ko=f"{president.name_ko} 정부",
            country="KR",
            time_zone="Asia/Seoul",
            started_on=started_on,
            ended_on=row["end_date"],
            predecessor=predecessor,
            source_urls=source_urls(row),
            recorded_at=recorded_after(started_on),
        )


def _load_topics(tally: Tally) -> None:
    for row in rows("topics"):
        code = str(row["cap_major"])
        major, _ = Topic.objects.get_or_create(
            scheme="cap", code=code, defaults={"slug": f"cap-{code}", "label": row["cap_major_label"]}
        )
        tally.ensure(
            "topics",
            Topic.objects,
            key={"slug": row["id"]},
            scheme="own",
            code=row["id"],
            label=row["label"],
            parent=major,
        )


def _load_initiatives(tally: Tally) -> None:
    topics = defaultdict(set)
    for row in rows("commitments"):
        topics[row["initiative"]].add(row["topic"])
    for row in rows("initiatives"):
        start, end = partial_date(row["start_date"]), partial_date(row["end_date"], end=True)
        announced = partial_date(row.get("announced"))
        initiative = tally.ensure(
            "initiatives",
            Initiative.objects,
            key={"slug": row["id"]},
            name=row["name"],
            **_name_in_korean(row, "name"),
            description=row["description"],
            government=_government_on(start.day),
            lead_ministry=Ministry.objects.get(slug=row["owner"]),
            announced_on=announced.day,
            started_on=start.day,
            started_precision=start.precision,
            ended_on=end.day,
            ended_precision=end.precision,
            outcome_note=row["status"],
            source_urls=source_urls(row),
            recorded_at=recorded_after(announced.day or start.day),
        )
        _file(initiative, topics[row["id"]])
        _load_aliases(tally, row, initiative=initiative)


def _government_on(day: date | None) -> Government | None:
    terms = Government.objects.filter(started_on__lte=day).order_by("-started_on") if day else Government.objects.none()
    return terms.first()


def _membership_of(row: Row, made_on: date) -> Membership | None:
    """The membership in which a person spoke; for a nominee, the one they were nominated for."""
    if not row["made_by"]["person"]:
        return None
    held = Membership.objects.filter(official__slug=row["made_by"]["person"])
    if row["made_by"]["post"]:
        held = held.filter(post__slug=row["made_by"]["post"])
    spoken_in = held.filter(started_on__lte=made_on).order_by("-started_on").first()
    if row.get("note") == "said as nominee":
        spoken_in = held.filter(nominated_on__lte=made_on).order_by("-nominated_on").first()
    return spoken_in or held.first()


def _load_commitments(tally: Tally) -> None:
    assessments = defaultdict(list)
    for row in rows("assessments"):
        assessments[row["commitment"]].append(row)
    for row in rows("commitments"):
        made_on = date.fromisoformat(row["made_on"])
        deadline = row["deadline"] or {}
        judged, why = mapping.verifiability(row, assessments[row["id"]])
        note = row.get("note", "") if assessments[row["id"]] else mapping.NOTHING_FOUND
        commitment = tally.ensure(
            "commitments",
            Commitment.objects,
            key={"slug": row["id"]},
            statement=row["statement"],
            initiative=Initiative.objects.get(slug=row["initiative"]),
            government=_government_on(made_on),
            kind=row["pledge_type"],
            specificity=row["specificity"],
            verifiability=judged,
            verifiability_note=why,
            lead_ministry=Ministry.objects.get(slug=row["made_by"]["organization"]),
            made_by=_membership_of(row, made_on),
            made_on=made_on,
            made_precision=row["made_precision"],
            due_on=deadline.get("date"),
            due_precision=deadline.get("precision", ""),
            due_words=deadline.get("basis", ""),
            condition=row["condition"] or "",
            is_conditional=mapping.waits_for_condition(row, assessments[row["id"]]),
            recurrence=mapping.RECURRENCE.get(row["id"], ""),
            reversed_on=row.get("reversed_on"),
            note=note,
            recorded_at=recorded_after(made_on),
        )
        _file(commitment, [row["topic"]])


def _file(subject: Initiative | Commitment, topics: Iterable[str]) -> None:
    """File a subject under topics, as of the moment it entered the record: this is no refiling."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('policytracker.at', %s, true)", [str(subject.recorded_at)])
        subject.topics.set(Topic.objects.filter(scheme="own", slug__in=topics))
        cursor.execute("SELECT set_config('policytracker.at', '', true)")
