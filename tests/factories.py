"""Each `make_…` stores one valid thing; a test states only what it is about.

Things are published unless `recorded_at=None` is given. `NOW` is the suite's present: no test reads a clock.
"""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import Any

from django.contrib.auth.models import Group, User
from django.db import connection

from articles.models import Article, Publisher, Snapshot
from policytracker.government.models import (
    Alias,
    Commitment,
    Criterion,
    Government,
    Initiative,
    Membership,
    Milestone,
    Ministry,
    Occurrence,
    Official,
    Post,
    Topic,
)
from policytracker.tracking.models import (
    Annotation,
    Assessment,
    AssessmentEvidence,
    BlindRating,
    Candidate,
    Correction,
    Event,
    Evidence,
    Mention,
    Rubric,
    RubricStatus,
    Statement,
    Tag,
)
from policytracker.tracking.models.passages import CONTEXT

NOW = datetime(2026, 3, 1, 0, 0, tzinfo=UTC)
EARLY = datetime(2022, 1, 1, 0, 0, tzinfo=UTC)
TEXT = (
    "The ministry held a briefing on Friday.\n"
    "In March, the ministry will publish an annual report, including in English.\n"
    "It gave no further details."
)
QUOTE = "the ministry will publish an annual report"

_numbers = count(1)


def _new(prefix: str) -> str:
    return f"{prefix}-{next(_numbers)}"


def make_user(username: str = "", *, groups: tuple[str, ...] = (), **fields: Any) -> User:
    """A user who signs in with the password "correct horse"; missing `groups` are made."""
    username = username or _new("user")
    user = User.objects.create_user(username, f"{username}@example.org", "correct horse", **fields)
    for name in groups:
        user.groups.add(Group.objects.get_or_create(name=name)[0])
    return user


def make_government(**fields: Any) -> Government:
    """A government that took office on 10 May 2022 in Seoul."""
    defaults = {
        "slug": _new("government"),
        "name": "Yoon government",
        "country": "KR",
        "time_zone": "Asia/Seoul",
        "started_on": date(2022, 5, 10),
        "recorded_at": EARLY,
    }
    return Government.objects.create(**defaults | fields)


def make_ministry(**fields: Any) -> Ministry:
    """A ministry of the Republic of Korea."""
    slug = fields.pop("slug", None) or _new("ministry")
    defaults = {"name": f"Ministry of {slug}", "country": "KR", "recorded_at": EARLY}
    return Ministry.objects.create(slug=slug, **defaults | fields)


def make_official(**fields: Any) -> Official:
    """An official without a post."""
    slug = fields.pop("slug", None) or _new("official")
    defaults = {"name": f"Official {slug}", "recorded_at": EARLY}
    return Official.objects.create(slug=slug, **defaults | fields)


def make_post(**fields: Any) -> Post:
    """A single-holder post."""
    slug = fields.pop("slug", None) or _new("post")
    ministry = fields.pop("ministry", None) or make_ministry()
    defaults = {"label": f"Minister {slug}", "recorded_at": EARLY}
    return Post.objects.create(slug=slug, ministry=ministry, **defaults | fields)


def make_membership(**fields: Any) -> Membership:
    """An official in a post since 13 May 2022; dates are days unless a precision is given."""
    official = fields.pop("official", None) or make_official()
    post = fields.pop("post", None) or make_post()
    fields.setdefault("started_on", date(2022, 5, 13))
    if fields["started_on"]:
        fields.setdefault("started_precision", "day")
    if fields.get("ended_on"):
        fields.setdefault("ended_precision", "day")
    return Membership.objects.create(official=official, post=post, **{"recorded_at": EARLY} | fields)


def make_topic(**fields: Any) -> Topic:
    """A topic of our own scheme."""
    slug = fields.pop("slug", None) or _new("topic")
    return Topic.objects.create(slug=slug, **{"label": f"Topic {slug}", "code": slug} | fields)


def make_alias(name: str, **owner: Any) -> Alias:
    """Another name of `ministry=`, `official=`, `post=`, `initiative=` or `topic=`."""
    return Alias.objects.create(name=name, **owner)


def make_initiative(**fields: Any) -> Initiative:
    """A published initiative."""
    slug = fields.pop("slug", None) or _new("initiative")
    defaults = {"name": f"Initiative {slug}", "recorded_at": EARLY}
    return Initiative.objects.create(slug=slug, **defaults | fields)


def make_commitment(**fields: Any) -> Commitment:
    """A published commitment of 27 January 2023; `due_on=` alone means a day."""
    slug = fields.pop("slug", None) or _new("commitment")
    ministry = fields.pop("lead_ministry", None) or make_ministry()
    if fields.get("due_on"):
        fields.setdefault("due_precision", "day")
    defaults = {
        "statement": f"Publish the report ({slug}).",
        "made_on": date(2023, 1, 27),
        "verifiability": Commitment.Verifiability.VERIFIABLE,
        "recorded_at": EARLY,
    }
    return Commitment.objects.create(slug=slug, lead_ministry=ministry, **defaults | fields)


def make_occurrence(**fields: Any) -> Occurrence:
    """The 2024 period of a yearly commitment."""
    commitment = fields.pop("commitment", None) or make_commitment(recurrence="yearly")
    defaults = {
        "label": "2024",
        "period_start": date(2024, 1, 1),
        "period_end": date(2024, 12, 31),
        "recorded_at": EARLY,
    }
    return Occurrence.objects.create(commitment=commitment, **defaults | fields)


def make_milestone(**fields: Any) -> Milestone:
    """A step due on the last day of June 2023."""
    commitment = fields.pop("commitment", None) or make_commitment()
    defaults = {
        "label": "A draft goes to parliament",
        "due_on": date(2023, 6, 30),
        "due_precision": "month",
        "recorded_at": EARLY,
    }
    return Milestone.objects.create(commitment=commitment, **defaults | fields)


def make_criterion(**fields: Any) -> Criterion:
    """What was set beforehand for a commitment."""
    commitment = fields.pop("commitment", None) or make_commitment()
    return Criterion.objects.create(
        commitment=commitment, **{"text": "It can be read by everyone.", "recorded_at": EARLY} | fields
    )


def make_publisher(**fields: Any) -> Publisher:
    """A publisher."""
    slug = fields.pop("slug", None) or _new("publisher")
    return Publisher.objects.create(slug=slug, **{"name": f"Publisher {slug}"} | fields)


def make_article(*, text: str = TEXT, **fields: Any) -> Article:
    """A published article of 27 January 2023 with one snapshot of `text`."""
    number = next(_numbers)
    defaults = {
        "headline": f"Ministry to publish report ({number})",
        "language": "en",
        "published_on": date(2023, 1, 27),
        "published_precision": "day",
        "url": f"https://news.example.org/{number}",
        "imported_at": EARLY,
        "recorded_at": EARLY,
    }
    article = Article.objects.create(**defaults | fields)
    article.current_snapshot = make_snapshot(article=article, text=text)
    article.save(update_fields=["current_snapshot"])
    return article


def make_snapshot(*, article: Article | None = None, text: str = TEXT, **fields: Any) -> Snapshot:
    """A snapshot of `article` (of a new one when missing); its raw bytes are the text itself unless given."""
    if article is None:
        return make_article(text=text).current_snapshot
    raw = fields.pop("raw", text.encode())
    defaults = {
        "taken_at": EARLY,
        "raw": raw,
        "sha256": sha256(raw).hexdigest(),
        "text_sha256": sha256(text.encode()).hexdigest(),
        "extractor": "plaintext",
        "extractor_version": "1",
    }
    return Snapshot.objects.create(article=article, text=text, **defaults | fields)


def passage_of(snapshot: Snapshot, quote: str = QUOTE) -> dict[str, Any]:
    """The passage fields for `quote` in `snapshot`, as model keywords."""
    start = snapshot.text.index(quote)
    end = start + len(quote)
    return {
        "snapshot": snapshot,
        "start": start,
        "end": end,
        "exact": quote,
        "prefix": snapshot.text[max(0, start - CONTEXT) : start],
        "suffix": snapshot.text[end : end + CONTEXT],
    }


def make_statement(*, quote: str = QUOTE, **fields: Any) -> Statement:
    """The passage in which a commitment was made."""
    commitment = fields.pop("commitment", None) or make_commitment()
    snapshot = fields.pop("snapshot", None) or make_snapshot()
    said_on = fields.get("said_on") or date(2023, 1, 27)
    defaults = {
        "said_on": said_on,
        "added_at": EARLY,
        "recorded_at": recorded_after(said_on, commitment=commitment),
    }
    return Statement.objects.create(commitment=commitment, **passage_of(snapshot, quote) | defaults | fields)


def make_evidence(*, quote: str = QUOTE, **fields: Any) -> Evidence:
    """Published supporting evidence for a commitment."""
    commitment = fields.pop("commitment", None) or make_commitment()
    snapshot = fields.pop("snapshot", None) or make_snapshot()
    dated_on = fields.get("dated_on") or max(date(2023, 1, 27), commitment.made_on)
    defaults = {
        "stance": "supports",
        "dated_on": dated_on,
        "added_at": EARLY,
        "recorded_at": recorded_after(dated_on, commitment=commitment),
    }
    return Evidence.objects.create(commitment=commitment, **passage_of(snapshot, quote) | defaults | fields)


def make_annotation(*, quote: str = QUOTE, **fields: Any) -> Annotation:
    """A team-visible highlight on a passage, or a note on `initiative=` or `commitment=`."""
    author = fields.pop("author", None) or make_user()
    if not {"initiative", "commitment"} & fields.keys():
        fields = passage_of(fields.pop("snapshot", None) or make_snapshot(), quote) | fields
    return Annotation.objects.create(author=author, **{"created_at": NOW} | fields)


def make_mention(**fields: Any) -> Mention:
    """A proposed mention in an article; give the subject (`ministry=` …)."""
    article = fields.pop("article", None) or make_article()
    defaults = {"snapshot": article.current_snapshot, "start": 0, "end": 12, "surface": "The ministry"}
    return Mention.objects.create(article=article, **defaults | {"proposed_at": NOW} | fields)


def make_candidate(*, quote: str = QUOTE, **fields: Any) -> Candidate:
    """A proposed candidate in a snapshot."""
    snapshot = fields.pop("snapshot", None) or make_snapshot()
    defaults = {"score": 0.8, "reasons": ["will publish"], "method": "rules 1", "proposed_at": NOW}
    return Candidate.objects.create(**passage_of(snapshot, quote) | defaults | fields)


def make_tag(label: str = "", **fields: Any) -> Tag:
    """A tag."""
    label = label or _new("tag")
    defaults = {"slug": label.casefold().replace(" ", "-"), "key": label.casefold(), "created_at": NOW}
    return Tag.objects.create(label=label, **defaults | fields)


def make_event(**fields: Any) -> Event:
    """A published event of context."""
    defaults = {"text": "The North stops answering.", "happened_on": date(2023, 4, 7), "recorded_at": EARLY}
    return Event.objects.create(**defaults | fields)


REASON_CODES = {
    "partly_fulfilled": "less_than_said",
    "stalled": "no_information",
    "not_fulfilled": "deadline_missed",
}
STATUSES = (
    # key, is_rating, is_concluded, may_rest_on_search
    ("not_rated", False, False, False),
    ("not_started", True, False, True),
    ("in_progress", True, False, False),
    ("stalled", True, False, False),
    ("partly_fulfilled", True, True, False),
    ("fulfilled", True, True, False),
    ("not_fulfilled", True, True, False),
)


def make_rubric(version: str = "1") -> Rubric:
    """The rubric of that version; with our seven statuses where the migrations have not made it."""
    rubric, is_new = Rubric.objects.get_or_create(
        version=version, defaults={"name": f"Rubric {version}", "in_force_from": date(2022, 1, 1)}
    )
    if is_new:
        RubricStatus.objects.bulk_create(
            RubricStatus(
                rubric=rubric,
                key=key,
                label=key.replace("_", " ").capitalize(),
                definition=f"What “{key}” means.",
                position=position,
                is_rating=rating,
                is_concluded=concluded,
                may_rest_on_search=search,
            )
            for position, (key, rating, concluded, search) in enumerate(STATUSES)
        )
    return rubric


def make_assessment(*, evidence: list[Evidence] | None = None, published: bool = True, **fields: Any) -> Assessment:
    """An assessment "in progress" from 27 January 2023: published by a second person on evidence, unless told not to."""
    commitment = fields.pop("commitment", None) or make_commitment()
    recorded_at = fields.pop("recorded_at", None)
    reviewer = fields.pop("reviewer", None)
    status = fields.setdefault("status", "in_progress")
    defaults = {
        "rubric": fields.pop("rubric", None) or make_rubric(),
        "effective_from": date(2023, 1, 27),
        "rationale": "Work has begun.",
        "reason_code": REASON_CODES.get(status, ""),
        "author": fields.pop("author", None) or make_user(),
        "created_at": EARLY,
    }
    assessment = Assessment.objects.create(commitment=commitment, **defaults | fields)
    if evidence is None:
        known = recorded_after(max(date(2023, 1, 27), commitment.made_on), commitment=commitment)
        known = min(known, recorded_at) if recorded_at else known
        evidence = [] if status == "not_rated" else [make_evidence(commitment=commitment, recorded_at=known)]
    AssessmentEvidence.objects.bulk_create(
        AssessmentEvidence(assessment=assessment, evidence=piece) for piece in evidence
    )
    if published:
        assessment.stage = Assessment.Stage.PUBLISHED
        assessment.reviewer = reviewer or make_user()
        assessment.recorded_at = recorded_at or recorded_after(
            date(2023, 1, 31), assessment.effective_from, *(piece.dated_on for piece in evidence), commitment=commitment
        )
        assessment.save()
    return assessment


def make_correction(target: Any, field: str, before: Any, after: Any, **fields: Any) -> Correction:
    """A line of the ledger that tells of a change of `target`, which is then made, or has been made, by the test."""
    defaults = {"note": "A slip.", "made_by": fields.pop("made_by", None) or make_user(), "recorded_at": NOW}
    return Correction.objects.create(
        target_kind=target._meta.model_name,
        target_id=target.pk,
        field=field,
        before=before,
        after=after,
        **defaults | fields,
    )


def make_rating(**fields: Any) -> BlindRating:
    """A second rater's submitted "stalled" for an assessment."""
    fields["assessment"] = fields.get("assessment") or make_assessment()
    people = {name: fields.pop(name, None) or make_user() for name in ("rater", "invited_by")}
    answer = {"status": "stalled", "rationale": "No movement.", "submitted_at": NOW}
    return BlindRating.objects.create(invited_at=NOW, **people, **answer | fields)


def recorded_after(*days: date | str, commitment: Commitment) -> datetime:
    """The noon after the last of these days, or when something was last concluded of the commitment, if that is later."""
    last = max(date.fromisoformat(day) if isinstance(day, str) else day for day in days)
    noon = datetime(last.year, last.month, last.day, 12, tzinfo=UTC) + timedelta(days=1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tracking_rule_written_until(%s)", [commitment.pk])
        [until] = cursor.fetchone()
    return max(noon, until) if until else noon
