"""Whatever is written, in whatever order: the kept timelines say what the record says."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policytracker.tracking.actions.corrections import NothingToCorrect, correct_field
from policytracker.tracking.actions.offices import AlreadyEnded, end_membership
from policytracker.tracking.corrections import ledger_faults
from policytracker.tracking.models import ConditionChange, DeadlineChange, Ruling, Supersession
from policytracker.tracking.moments import Moment
from policytracker.tracking.timeline import EVERYTHING, timeline_of
from policytracker.tracking.timeline_keeping import faults
from tests.factories import (
    EARLY,
    make_annotation,
    make_article,
    make_assessment,
    make_commitment,
    make_event,
    make_evidence,
    make_initiative,
    make_membership,
    make_mention,
    make_ministry,
    make_occurrence,
    make_post,
    make_statement,
    make_tag,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db
FAR = datetime(2026, 3, 1, tzinfo=UTC)


class World:
    """A small record, and every kind of write to it. Moments go forward, one day a write."""

    def __init__(self) -> None:
        self.user = make_user()
        self.ministries = [make_ministry(), make_ministry()]
        self.initiatives = [make_initiative(lead_ministry=self.ministries[0]), make_initiative()]
        self.topics = [make_topic(), make_topic()]
        self.tags = [make_tag(), make_tag()]
        self.post = make_post(ministry=self.ministries[0], is_head=True)
        self.member = make_membership(post=self.post)
        self.commitments = [
            make_commitment(
                lead_ministry=self.ministries[n], initiative=self.initiatives[n], due_on=date(2023, 6, 30), made_by=by
            )
            for n, by in ((0, self.member), (1, None))
        ]
        self.articles = [make_article(), make_article()]
        self.assessments = [make_assessment(commitment=self.commitments[0])]
        self.note = make_annotation(commitment=self.commitments[0], visibility="public", recorded_at=EARLY)
        self.event = make_event()
        self.now = datetime(2023, 6, 1, tzinfo=UTC)

    def write(self, what: str, n: int) -> None:
        """One write; what is not possible now is passed over."""
        self.now += timedelta(days=1)
        getattr(self, what)(n, self.commitments[n % 2])

    def evidence_of(self, commitment, **fields):
        snapshot = make_article(recorded_at=self.now).current_snapshot
        return make_evidence(commitment=commitment, snapshot=snapshot, recorded_at=self.now, **fields)

    def correct(self, target, field, value) -> None:
        try:
            correct_field(target=target, field=field, value=value, note="So it is.", by=self.user, at=self.now)
        except NothingToCorrect:
            return

    def evidence(self, n, commitment):
        self.evidence_of(commitment, dated_on=date(2023, 2, 1 + n))

    def statement(self, n, commitment):
        make_statement(
            commitment=commitment,
            membership=self.member,
            ministry=self.ministries[n % 2],
            snapshot=make_article(recorded_at=self.now).current_snapshot,
            recorded_at=self.now,
        )

    def status(self, n, commitment):
        self.assessments.append(
            make_assessment(
                commitment=commitment,
                evidence=[self.evidence_of(commitment)],
                effective_from=date(2023, 2, 1 + n),
                recorded_at=self.now,
            )
        )

    def withdraw(self, n, commitment):
        assessment = self.assessments[n % len(self.assessments)]
        if not assessment.rulings.exists():
            Ruling.objects.create(
                assessment=assessment, kind="withdrawn", reason="Wrong.", made_by=self.user, recorded_at=self.now
            )

    def move_deadline(self, n, commitment):
        DeadlineChange.objects.create(
            commitment=commitment,
            kind="overridden",
            reason="Read anew.",
            happened_on=date(2023, 2, 1 + n),
            due_on=date(2023, 8, 1 + n),
            due_precision="day",
            recorded_at=self.now,
        )

    def condition(self, n, commitment):
        ConditionChange.objects.create(
            commitment=commitment, state="lapsed", happened_on=date(2023, 2, 1 + n), recorded_at=self.now
        )

    def supersede(self, n, commitment):
        other = self.commitments[(n + 1) % 2]
        if not commitment.supersessions.exists():
            Supersession.objects.create(old=commitment, new=other, happened_on=date(2023, 3, 1), recorded_at=self.now)

    def correct_day(self, n, commitment):
        self.correct(commitment, "made_on", date(2023, 1, 20 + n))

    def correct_due(self, n, commitment):
        self.correct(commitment, "due_on", date(2023, 6, 20 + n))

    def correct_ministry(self, n, commitment):
        self.correct(commitment, "lead_ministry", self.ministries[(n // 2) % 2])

    def correct_initiative(self, n, commitment):
        self.correct(commitment, "initiative", self.initiatives[(n // 2) % 2])

    def correct_article(self, n, commitment):
        self.correct(self.articles[n % 2], "published_on", date(2023, 1, 20 + n))

    def correct_post(self, n, commitment):
        self.correct(self.post, "is_head", n % 2 == 0)

    def end(self, n, commitment):
        try:
            end_membership(membership=self.member, ended_on=date(2023, 4, 1 + n), by=self.user, at=self.now)
        except AlreadyEnded:
            self.correct(self.member, "ended_on", date(2023, 5, 1 + n))

    def file(self, n, commitment):
        commitment.topics.add(self.topics[n % 2])
        self.initiatives[n % 2].topics.set([self.topics[(n // 2) % 2]])

    def nest_topics(self, n, commitment):
        self.topics[0].parent = self.topics[1] if n % 2 else None
        self.topics[0].save()

    def tag(self, n, commitment):
        self.note.tags.set([self.tags[n % 2]])
        make_annotation(
            snapshot=self.articles[n % 2].current_snapshot, visibility="public", recorded_at=self.now
        ).tags.add(self.tags[n % 2])

    def hide_note(self, n, commitment):
        self.note.visibility, self.note.recorded_at = ("team", None) if n % 2 else ("public", self.now)
        self.note.save()

    def mention(self, n, commitment):
        make_mention(
            article=self.articles[n % 2],
            surface=f"it {self.now:%m%d}",
            state="confirmed",
            decided_by=self.user,
            decided_at=self.now,
            recorded_at=self.now,
            **[{"ministry": self.ministries[0]}, {"post": self.post}, {"topic": self.topics[0]}][n % 3],
        )

    def event_of(self, n, commitment):
        self.event.initiatives.set([self.initiatives[n % 2]])
        self.event.ministries.add(self.ministries[n % 2])

    def occurrence(self, n, commitment):
        make_occurrence(
            commitment=commitment,
            label=str(self.now.date()),
            period_start=self.now.date(),
            period_end=self.now.date(),
            due_on=self.now.date(),
            due_precision="day",
            recorded_at=self.now,
        )

    def draft(self, n, commitment):
        make_evidence(commitment=commitment, recorded_at=None, snapshot=make_article(recorded_at=None).current_snapshot)


WRITES = sorted(
    name
    for name, member in vars(World).items()
    if callable(member) and name not in {"__init__", "write", "correct", "evidence_of"}
)


@given(writes=st.lists(st.tuples(st.sampled_from(WRITES), st.integers(0, 7)), min_size=1, max_size=14))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_writes_every_line_is_as_the_record_says(writes):
    world = World()

    for what, n in writes:
        world.write(what, n)

    assert faults() == [] == ledger_faults()


@given(
    writes=st.lists(st.tuples(st.sampled_from(WRITES), st.integers(0, 7)), min_size=2, max_size=10),
    cut=st.integers(0, 9),
)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_told_at_a_moment_is_told_the_same_after_any_later_writes(writes, cut):
    world = World()
    before, after = writes[:cut], writes[cut:]
    for what, n in before:
        world.write(what, n)
    then = Moment(date(2023, 4, 1), world.now)
    # Filing under topics and tags is an index: it is left out of what must stay the same.
    subjects = [EVERYTHING, *world.commitments, *world.initiatives, *world.ministries, world.member.official]
    told = [keys(subject, then) for subject in subjects]

    for what, n in after:
        if what not in INDEXING:
            world.write(what, n)

    assert [keys(subject, then) for subject in subjects] == told


INDEXING = {"event_of", "correct_post"}


def keys(subject, moment):
    entries = timeline_of(subject, moment, size=500).entries
    return [(e.key, e.happened_on, e.title, e.old_status, e.new_status) for e in entries]
