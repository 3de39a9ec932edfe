"""Every address of the desk, asked by everybody: a new address without a line here fails.

A line says how the address is asked, who is the lowest to be let in, and what they are answered. Below that a role is
answered 403, and a stranger is sent to the sign-in page. `EVERYBODY` stands for doors without a lock.
"""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from articles.models import Feed, ImportBatch, ImportItem
from policytracker.desk.access import LADDER, Role
from policytracker.desk.urls import urlpatterns
from policytracker.tracking.models import ApiToken, BlindRating, Follow, Invitation, ProblemReport, Subscriber
from tests.factories import (
    NOW,
    make_alias,
    make_annotation,
    make_article,
    make_assessment,
    make_candidate,
    make_commitment,
    make_evidence,
    make_government,
    make_initiative,
    make_membership,
    make_milestone,
    make_ministry,
    make_official,
    make_tag,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db
EVERYBODY = None
VIEWER, ANALYST, REVIEWER, EDITOR, ADMIN = LADDER
PARTS = ("periods", "milestones", "criteria", "statements", "governments")
KEY = uuid.UUID("7f0b6a52-8a4e-4e6c-9c8e-0d0a4e3f2b11")


@dataclass(frozen=True)
class Door:
    """One way to ask an address, who may, and the answer."""

    name: str
    method: str
    lowest: Role | None
    answer: int
    args: tuple[str, ...] = ()
    data: dict[str, str] = field(default_factory=dict)

    def ask(self, client: Client, things: Any) -> Any:
        """The response; what it changed is undone."""
        args = [getattr(things, name, name) for name in self.args]
        with transaction.atomic():
            response = getattr(client, self.method)(reverse(f"desk:{self.name}", args=args), self.data)
            transaction.set_rollback(True)
        return response

    def expected(self, role: Role | None) -> int:
        """What somebody of this role, None for a stranger, is answered."""
        if self.lowest is EVERYBODY:
            return self.answer
        if role is None:
            return 302
        return self.answer if LADDER.index(role) >= LADDER.index(self.lowest) else 403


def get(name: str, lowest: Role | None, /, *args: str, answer: int = 200, **data: str) -> Door:
    return Door(name, "get", lowest, answer, args, data)


def post(name: str, lowest: Role | None, /, *args: str, answer: int = 302, **data: str) -> Door:
    return Door(name, "post", lowest, answer, args, data)


DOORS = [
    get("inbox", VIEWER),
    post("inbox_done", VIEWER, "articles"),
    # -- reading
    get("article_list", VIEWER),
    get("article_detail", VIEWER, "article"),
    post("annotation_create", ANALYST, "article", answer=422),
    post("mention_decide", ANALYST, "article"),
    get("article_annotations", VIEWER, "article"),
    post("annotation_import", ANALYST, "article"),
    get("annotation_list", VIEWER),
    get("annotation_detail", VIEWER, "note"),
    post("annotation_detail", VIEWER, "note", answer=403),  # nobody here wrote it
    post("annotation_reply", ANALYST, "note", answer=422),
    post("annotation_resolve", ANALYST, "note"),
    post("annotation_delete", EDITOR, "note"),  # their authors may, too
    post("annotation_release", REVIEWER, "note"),
    get("tag_list", VIEWER),
    post("tag_create", ANALYST, label="new"),
    get("tag_detail", VIEWER, "tag"),
    post("tag_rename", EDITOR, "tag", label="other"),
    post("tag_merge", EDITOR, "tag", answer=422),
    post("evidence_remove", ANALYST, "evidence"),
    # -- proposals
    get("candidate_list", VIEWER),
    get("candidate_detail", VIEWER, "candidate"),
    post("candidate_decide", ANALYST, "candidate", answer=422, do="reject"),
    post("candidate_fold", ANALYST),
    post("apart_take", ANALYST, answer=404),  # no place was named
    get("doubtful_name_list", VIEWER),
    post("alias_remove", EDITOR, "alias"),
    # -- commitments and initiatives
    get("commitment_list", VIEWER),
    get("commitment_new", ANALYST),
    post("commitment_new", ANALYST, answer=422, statement="Build it."),
    get("commitment_detail", VIEWER, "draft"),
    get("commitment_edit", ANALYST, "draft"),
    post("commitment_edit", ANALYST, "draft", answer=422, statement="Build it."),
    post("commitment_publish", REVIEWER, "draft"),
    get("commitment_assess", ANALYST, "commitment"),
    post("commitment_assess", ANALYST, "commitment", rationale="So."),  # kept as a draft
    get("commitment_terms", REVIEWER, "commitment"),
    post("commitment_terms", REVIEWER, "commitment", answer=422, what="extended"),
    post("drift_confirm", ANALYST, "commitment", "0", answer=404),  # it says nothing yet
    get("closing_list", VIEWER),
    get("closing_detail", VIEWER, "no-such-government", answer=404),
    post("closing_open", EDITOR, "no-such-government", answer=404),
    post("closing_close", REVIEWER, "no-such-government", answer=404),
    get("government_succeed", EDITOR, "government"),
    post("government_succeed", EDITOR, "government", answer=422, name=""),
    get("subject_correct", EDITOR, "commitments", "commitment"),
    post("subject_correct", EDITOR, "commitments", "commitment", answer=422, statement=""),
    get("review_list", VIEWER),
    get("review_detail", VIEWER, "assessment"),
    get("rating_detail", ANALYST, "rating", answer=404),  # it is somebody else's to give
    get("initiative_detail", VIEWER, "initiative"),
    post("subject_note", ANALYST, "initiatives", "initiative", answer=422, tags="x"),
    post("subject_tags", ANALYST, "commitments", "commitment", tags=""),
    # -- reference data
    get("reference_index", VIEWER),
    get("reference_add", ANALYST, answer=302, kind="officials"),
    get("reference_list", VIEWER, "posts"),
    get("reference_new", ANALYST, "officials"),
    post("reference_new", ANALYST, "officials", name="Somebody"),
    get("reference_new", REVIEWER, "topics"),
    post("reference_new", REVIEWER, "topics", label="Sport", scheme="own", code="sport"),
    get("reference_detail", VIEWER, "officials", "official"),
    get("subject_edit", ANALYST, "officials", "official_draft"),
    post("subject_edit", ANALYST, "officials", "official_draft", name="Somebody"),
    get("subject_edit", EDITOR, "topics", "topic"),
    post("subject_edit", EDITOR, "topics", "topic", label="Sport", scheme="own", code="sport"),
    post("subject_publish", REVIEWER, "officials", "official_draft"),
    get("subject_merge", EDITOR, "officials", "official"),
    post("subject_merge", EDITOR, "initiatives", "initiative", answer=422, note="One."),
    get("subject_merge", EDITOR, "topics", "topic"),
    get("ministry_succeed", EDITOR, "ministry"),
    post("ministry_succeed", EDITOR, "ministry", answer=422, note="So."),
    get("membership_end", REVIEWER, "membership"),
    post("membership_end", REVIEWER, "membership", ended_on="2024"),
    get("milestone_reach", REVIEWER, "milestone"),
    post("milestone_reach", REVIEWER, "milestone", answer=422, reached_on="2024-01-01"),
    *(get("reference_new", ANALYST, kind) for kind in PARTS),
    *(post("reference_new", ANALYST, kind, answer=422, name="") for kind in PARTS),
    post("subject_discard", ANALYST, "milestones", "milestone_draft"),
    post("subject_publish", REVIEWER, "milestones", "milestone_draft"),
    get("subject_correct", EDITOR, "milestones", "milestone"),
    get("subject_correct", EDITOR, "governments", "government"),
    # -- importing
    get("import_list", EDITOR),
    get("import_new", EDITOR),
    post("import_new", EDITOR, answer=422, addresses=""),
    get("import_detail", EDITOR, "batch"),
    post("import_start", EDITOR, "batch"),
    post("import_cancel", EDITOR, "batch"),
    post("import_retry", EDITOR, "batch"),
    get("import_report", EDITOR, "batch"),
    get("import_difference", EDITOR, "batch", "item", answer=404),  # it changed nothing
    get("token_list", EDITOR),
    post("token_list", EDITOR, answer=422, name=""),
    post("token_revoke", EDITOR, "token", answer=404),  # it is somebody else's
    get("feed_list", EDITOR),
    post("feed_list", EDITOR, answer=422, url=""),
    post("feed_change", EDITOR, "feed"),
    # -- from readers
    get("problem_report", EVERYBODY),
    post("problem_report", EVERYBODY, answer=422, body=""),
    get("report_list", REVIEWER),
    post("report_answer", REVIEWER, "report", answer=422),
    # -- following
    get("follow_list", VIEWER),
    post("follow_add", VIEWER, kind="initiative", slug="initiative"),
    post("notifications_read", VIEWER),
    post("follow_change", VIEWER, "follow", answer=404),  # it is somebody else's
    get("follow_by_mail", EVERYBODY, kind="initiative", slug="initiative"),
    get("follow_confirm", EVERYBODY, "subscriber"),
    get("follow_unsubscribe", EVERYBODY, "unsubscribe"),
    # -- people
    get("preferences", VIEWER),
    post("preferences", VIEWER, answer=422, time_zone="Nowhere/Land"),
    get("people_list", ADMIN),
    post("people_list", ADMIN, answer=422, email=""),
    get("person_detail", ADMIN, "person"),
    post("person_detail", ADMIN, "person", answer=422),
    post("invitation_change", ADMIN, "invitation", withdraw="1"),
    get("invitation_accept", EVERYBODY, "no-such-token", answer=410),
    # -- forms
    get("lookup_options", VIEWER, "officials"),
    get("form_token", VIEWER),
    get("kept_form", VIEWER, answer=302),
]


@pytest.fixture
def things() -> SimpleNamespace:
    """One of everything that an address can name, none of it the asker's own."""
    other = make_user("other")
    article, commitment = make_article(), make_commitment(slug="commitment")
    batch = ImportBatch.objects.create(requested_by=other, requested_at=NOW, state="done")
    follow = Follow.objects.create(user=other, commitment=commitment, created_at=NOW, told_until=NOW)
    initiative = make_initiative(slug="initiative")
    assessment = make_assessment(commitment=commitment, author=other, published=False, evidence=[])
    second = BlindRating.objects.create(assessment=assessment, rater=make_user(), invited_by=other, invited_at=NOW)
    return SimpleNamespace(
        article=article.pk,
        note=make_annotation(author=other).uuid,
        tag=make_tag("tag").slug,
        evidence=make_evidence(commitment=commitment, recorded_at=None).pk,
        candidate=make_candidate().pk,
        alias=make_alias("Nickname", ministry=make_ministry()).pk,
        draft=make_commitment(recorded_at=None).slug,
        commitment=commitment.slug,
        assessment=assessment.pk,
        rating=second.pk,
        initiative=initiative.slug,
        official=make_official(name="Known").slug,
        official_draft=make_official(name="Draft", recorded_at=None).slug,
        topic=make_topic().slug,
        ministry=make_ministry(slug="its-ministry").slug,
        membership=make_membership().pk,
        government=make_government(slug="its-government").slug,
        milestone=make_milestone(commitment=commitment).pk,
        milestone_draft=make_milestone(commitment=commitment, recorded_at=None).pk,
        person=other.pk,
        batch=batch.pk,
        item=ImportItem.objects.create(batch=batch, source="https://example.org/").pk,
        token=ApiToken.objects.create(user=other, name="t", hint="h", digest="d" * 64, created_at=NOW).pk,
        feed=Feed.objects.create(url="https://example.org/feed").pk,
        report=ProblemReport.objects.create(path="/", body="Wrong.", sender_key="k", reported_at=NOW).pk,
        follow=follow.pk,
        unsubscribe=follow.token,
        subscriber=Subscriber.objects.create(email="reader@example.org", asked_at=NOW).token,
        invitation=Invitation.objects.create(
            email="new@example.org", invited_by=other, invited_at=NOW, expires_at=NOW + timedelta(days=9999)
        ).pk,
    )


@pytest.mark.parametrize("role", [None, *LADDER])
def test_everybody_is_answered_what_their_role_allows(things, role):
    client = Client()
    if role is not None:
        client.force_login(make_user(f"some-{role}", groups=(role,)))

    wrong = {}
    for door in DOORS:
        response = door.ask(client, things)
        if response.status_code != door.expected(role):
            wrong[door.method, door.name, door.args] = (response.status_code, door.expected(role))
        elif role is None and door.lowest is not EVERYBODY:
            assert response["Location"].startswith(reverse("account_login")), door.name

    assert wrong == {}


def test_every_address_of_the_desk_has_a_line():
    asked = {door.name for door in DOORS}

    assert {pattern.name for pattern in urlpatterns} == asked  # type: ignore[union-attr]


def test_an_account_without_a_role_is_let_in_nowhere(things):
    client = Client()
    client.force_login(make_user("nobody"))

    for door in DOORS:
        if door.lowest is not EVERYBODY:
            assert door.ask(client, things).status_code == 403, door.name
