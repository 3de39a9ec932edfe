"""A machine that writes at random through the actions, as analysts do: what they refuse, it does without."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, ClassVar

from django.db import transaction
from hypothesis import event
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from policytracker.government.models import Commitment, Membership, Ministry
from policytracker.tracking.actions.assessments import Conclusion, draft_assessment, submit_assessment
from policytracker.tracking.actions.corrections import correct_field, correct_fields
from policytracker.tracking.actions.evidence import add_evidence
from policytracker.tracking.actions.mergers import merge_initiatives, merge_officials
from policytracker.tracking.actions.offices import appoint, dissolve, end_membership, rename_ministry
from policytracker.tracking.actions.refusals import Refused
from policytracker.tracking.actions.reviews import (
    dispute_assessment,
    publish_assessment,
    uphold_assessment,
    withdraw_assessment,
)
from policytracker.tracking.actions.terms import (
    Due,
    Told,
    change_condition,
    discontinue,
    extend_deadline,
    override_deadline,
    supersede,
)
from policytracker.tracking.models import Assessment, Evidence
from tests.factories import (
    QUOTE,
    TEXT,
    make_article,
    make_assessment,
    make_commitment,
    make_government,
    make_initiative,
    make_membership,
    make_occurrence,
    make_official,
    make_post,
    make_user,
)

BEGAN = datetime(2023, 6, 1, tzinfo=UTC)
STATUSES = ["not_rated", "not_started", "in_progress", "stalled", "partly_fulfilled", "fulfilled", "not_fulfilled"]
REASONS = {"stalled": "blocked", "partly_fulfilled": "less_than_said", "not_fulfilled": "given_up"}
WHICH = st.integers(0, 2)
RECENT = st.integers(0, 20)
BACK = st.integers(0, 140)  # days ago; the commitments are 125 days old when the machine begins


class Writer(RuleBasedStateMachine):
    """A record of three commitments, a plain one, a conditional one, a series; two ministries with their heads.

    Whoever asks about a moment says so in `ask`, which is called before time passes.
    """

    done: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.now = BEGAN
        self.numbers = count()
        self.author, self.reviewer = make_user(), make_user()
        government = make_government()
        self.initiatives = [make_initiative() for _number in range(3)]
        self.commitments = [
            make_commitment(government=government, due_on=date(2023, 3, 31), due_precision="month"),
            make_commitment(
                government=government,
                initiative=self.initiatives[1],
                is_conditional=True,
                condition="If.",
                due_on=date(2023, 6, 30),
            ),
            make_commitment(government=government, recurrence="yearly"),
        ]
        make_assessment(commitment=self.commitments[0], author=self.author, reviewer=self.reviewer)
        self.occurrence = make_occurrence(
            commitment=self.commitments[2],
            period_start=date(2023, 1, 1),
            period_end=date(2023, 12, 31),
            due_on=date(2023, 12, 31),
            due_precision="year",
        )
        self.periods = count(2024)
        self.posts = [make_post(ministry=commitment.lead_ministry, is_head=True) for commitment in self.commitments[:2]]
        self.officials = [make_official() for _number in range(3)]
        self.memberships = [
            make_membership(official=official, post=post)
            for official, post in zip(self.officials, self.posts, strict=False)
        ]
        self.everybody, self.policies = [*self.officials], [*self.initiatives]

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    # -- what is rare among so many writes comes first now and then, so that much is written after it

    @initialize(what=st.sampled_from(["nobody leaves", "one leaves", "a body ends", "two are one"]), back=RECENT)
    def begin(self, what: str, back: int) -> None:
        if what in ("one leaves", "a body ends"):
            self.leave_office(which=0, back=back)
        if what == "a body ends":
            self.dissolve(which=0, back=back)
        if what == "two are one":
            self.merge_officials(note="One person.")
            self.merge_initiatives(note="One policy.")

    # -- writes, through the actions; what they refuse is refused whole

    @rule(which=WHICH, status=st.sampled_from(STATUSES), back=BACK, evidence_back=RECENT, on_period=st.booleans())
    def conclude(self, which: int, status: str, back: int, evidence_back: int, on_period: bool) -> None:
        commitment = self.commitments[which]
        with self.tried("conclude"):
            assessment = draft_assessment(
                commitment=commitment,
                occurrence=self.occurrence if on_period and which == 2 else None,
                conclusion=Conclusion(
                    status=status,
                    effective_from=self.day(back),
                    rationale="Because.",
                    reason_code=REASONS.get(status, ""),
                    evidence=(self.evidence(commitment, evidence_back),),
                ),
                by=self.author,
                at=self.now,
            )
            submit_assessment(assessment=assessment, by=self.author, at=self.now)
            publish_assessment(assessment=assessment, by=self.reviewer, at=self.now)

    @rule(
        which=st.integers(0, 50), action=st.sampled_from([withdraw_assessment, dispute_assessment, uphold_assessment])
    )
    def rule_on(self, which: int, action: Any) -> None:
        with self.tried("rule_on"):
            action(assessment=self.published(which), reason="Looked again.", by=self.reviewer, at=self.now)

    @rule(which=st.integers(0, 50), status=st.sampled_from(STATUSES))
    def replace(self, which: int, status: str) -> None:
        old = self.published(which)
        with self.tried("replace"):
            new = draft_assessment(
                commitment=old.commitment,
                occurrence=old.occurrence,
                supersedes=old,
                conclusion=Conclusion(
                    status=status,
                    effective_from=old.effective_from,
                    rationale="Better.",
                    reason_code=REASONS.get(status, ""),
                    evidence=(self.evidence(old.commitment, 0),),
                ),
                by=self.author,
                at=self.now,
            )
            submit_assessment(assessment=new, by=self.author, at=self.now)
            publish_assessment(assessment=new, by=self.reviewer, at=self.now)

    @rule(which=WHICH, ahead=st.integers(-100, 400), back=BACK, is_extension=st.booleans(), on_period=st.booleans())
    def move_deadline(self, which: int, ahead: int, back: int, is_extension: bool, on_period: bool) -> None:
        action = extend_deadline if is_extension else override_deadline
        with self.tried("move_deadline"):
            action(
                commitment=self.commitments[which],
                occurrence=self.occurrence if on_period and which == 2 else None,
                due=Due(self.day(-ahead)),
                told=self.told(back),
                by=self.author,
                at=self.now,
            )

    @rule(state=st.sampled_from(["waiting", "triggered", "lapsed"]), back=BACK)
    def change_condition(self, state: str, back: int) -> None:
        commitment = self.commitments[1]
        with self.tried("change_condition"):
            change_condition(
                commitment=commitment, state=state, told=self.told(back, commitment), by=self.author, at=self.now
            )

    @rule(back=BACK)
    def end_the_series(self, back: int) -> None:
        with self.tried("end_the_series"):
            discontinue(commitment=self.commitments[2], told=self.told(back), by=self.author, at=self.now)

    @rule(old=WHICH, new=WHICH, back=BACK)
    def supersede(self, old: int, new: int, back: int) -> None:
        with self.tried("supersede"):
            supersede(
                commitment=self.commitments[old],
                successor=self.commitments[new],
                told=self.told(back),
                by=self.author,
                at=self.now,
            )

    @rule(
        which=WHICH,
        values=st.sampled_from(
            [
                {"due_on": date(2023, 5, 31), "due_precision": "month"},
                {"due_on": None, "due_precision": ""},
                {"verifiability": "not_verifiable"},
                {"verifiability": "verifiable"},
                {"is_conditional": True, "condition": "If."},
                {"is_conditional": False},
                {"statement": "Publish otherwise.", "made_on": date(2022, 12, 1)},
            ]
        ),
    )
    def correct(self, which: int, values: dict[str, Any]) -> None:
        with self.tried("correct"):
            correct_fields(
                target=Commitment.objects.get(pk=self.commitments[which].pk),
                values=values,
                note="Our slip.",
                by=self.reviewer,
                at=self.now,
            )

    @rule(which=WHICH, link=st.sampled_from(["lead_ministry", "initiative"]), other=WHICH)
    def move_commitment(self, which: int, link: str, other: int) -> None:
        ministries = [commitment.lead_ministry for commitment in self.commitments]
        value = (
            ministries[other % len(ministries)]
            if link == "lead_ministry"
            else self.initiatives[other % len(self.initiatives)]
        )
        with self.tried("move_commitment"):
            correct_field(
                target=Commitment.objects.get(pk=self.commitments[which].pk),
                field=link,
                value=value,
                note="Our slip.",
                by=self.reviewer,
                at=self.now,
            )

    @precondition(lambda self: len(self.initiatives) > 1)
    @rule(note=st.sampled_from(["One policy.", "Told twice."]))
    def merge_initiatives(self, note: str) -> None:
        double = self.initiatives.pop(1)
        with self.tried("merge_initiatives"):
            merge_initiatives(initiative=double, into=self.initiatives[0], note=note, by=self.reviewer, at=self.now)

    @precondition(lambda self: len(self.officials) > 1)
    @rule(note=st.sampled_from(["One person.", "Told twice."]))
    def merge_officials(self, note: str) -> None:
        double = self.officials.pop(1)
        with self.tried("merge_officials"):
            merge_officials(official=double, into=self.officials[0], note=note, by=self.reviewer, at=self.now)

    @rule(which=st.integers(0, 1), name=st.sampled_from(["Ministry of Peace", "Ministry of Dialogue"]), back=BACK)
    def rename_ministry(self, which: int, name: str, back: int) -> None:
        with self.tried("rename_ministry"):
            rename_ministry(
                ministry=self.ministry(which),
                names={"en": name},
                renamed_on=self.day(back),
                by=self.reviewer,
                at=self.now,
            )

    @rule(which=st.integers(0, 1), back=RECENT)
    def dissolve(self, which: int, back: int) -> None:
        with self.tried("dissolve"):
            dissolve(ministry=self.ministry(which), dissolved_on=self.day(back), by=self.reviewer, at=self.now)

    @rule(which=st.integers(0, 2), on=st.integers(0, 1), back=BACK, is_acting=st.booleans())
    def appoint(self, which: int, on: int, back: int, is_acting: bool) -> None:
        with self.tried("appoint"):
            appoint(
                official=self.officials[which % len(self.officials)],
                post=self.posts[on],
                started_on=self.day(back),
                is_acting=is_acting,
                by=self.reviewer,
                at=self.now,
            )

    @rule(which=st.integers(0, 1), back=RECENT)
    def leave_office(self, which: int, back: int) -> None:
        for held in Membership.objects.filter(post=self.posts[which], ended_on=None):
            with self.tried("leave_office"):
                end_membership(membership=held, ended_on=self.day(back), by=self.reviewer, at=self.now)

    @rule()
    def add_period(self) -> None:
        year = next(self.periods)
        make_occurrence(
            commitment=self.commitments[2],
            period_start=date(year, 1, 1),
            period_end=date(year, 12, 31),
            due_on=date(year, 12, 31),
            due_precision="year",
            recorded_at=self.now,
        )

    # -- time passes, and somebody asks

    @rule(hours=st.integers(1, 24 * 45), back=BACK)
    def pass_time_and_ask(self, hours: int, back: int) -> None:
        self.ask(self.day(back))
        self.now += timedelta(hours=hours)

    def ask(self, day: date) -> None:
        """Somebody asks how it stood on that day, as known now."""

    # -- words of this machine

    @contextmanager
    def tried(self, what: str) -> Iterator[None]:
        """What an action refuses is refused whole; what it does is counted."""
        with suppress(Refused):
            yield
            self.done[what] += 1
            event(what)

    def ministry(self, which: int) -> Ministry:
        return Ministry.objects.get(pk=self.posts[which].ministry_id)

    def day(self, back: int) -> date:
        return (self.now - timedelta(days=back)).date()

    def published(self, which: int) -> Assessment:
        published = list(Assessment.objects.published().order_by("pk"))
        return published[which % len(published)]

    def told(self, back: int, commitment: Commitment | None = None) -> Told:
        evidence = self.evidence(commitment, 0) if commitment else None
        return Told(self.day(back), reason="Said so.", evidence=evidence, source_url="https://news.example.org/")

    def evidence(self, commitment: Commitment, back: int) -> Evidence:
        article = make_article(text=f"{TEXT}\n{next(self.numbers)}", published_on=self.day(back), recorded_at=self.now)
        start = TEXT.index(QUOTE)
        return add_evidence(
            commitment=commitment,
            snapshot=article.current_snapshot,
            start=start,
            end=start + len(QUOTE),
            exact=QUOTE,
            stance="supports",
            by=self.author,
            at=self.now,
        )
