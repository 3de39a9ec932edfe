"""One timeline for every kind of subject."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from policytracker.tracking.models import DeadlineChange, Ruling, TimelineEvent
from policytracker.tracking.moments import Moment
from policytracker.tracking.timeline import EVERYTHING, NotAPage, news_of, timeline_of
from policytracker.tracking.timeline_keeping import faults
from tests.factories import (
    NOW,
    make_annotation,
    make_article,
    make_assessment,
    make_commitment,
    make_event,
    make_evidence,
    make_government,
    make_initiative,
    make_membership,
    make_mention,
    make_ministry,
    make_post,
    make_snapshot,
    make_statement,
    make_tag,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db
TODAY = Moment(date(2026, 3, 1), NOW, is_present=True)


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


def told(subject, moment=TODAY, **asked):
    """What the first page tells: day, kind and variant."""
    entries = timeline_of(subject, moment, **asked).entries
    return [(entry.happened_on.isoformat(), entry.kind, entry.variant) for entry in entries]


def kinds_of(subject, moment=TODAY, **asked):
    return [entry.kind for entry in timeline_of(subject, moment, **asked).entries]


class TestWhatIsTold:
    def test_a_commitment_tells_its_making_evidence_status_restatement_and_deadline(self):
        commitment = make_commitment(due_on=date(2023, 3, 31), due_precision="month")
        make_statement(commitment=commitment, said_on=date(2023, 1, 27), is_original=True)
        make_statement(commitment=commitment, said_on=date(2023, 2, 3))
        evidence = make_evidence(commitment=commitment, dated_on=date(2023, 2, 10))
        make_assessment(commitment=commitment, evidence=[evidence], effective_from=date(2023, 2, 11))

        assert told(commitment) == [
            ("2023-03-31", "deadline", "first"),
            ("2023-02-11", "status", ""),
            ("2023-02-10", "evidence", ""),
            ("2023-02-03", "statement", ""),
            ("2023-01-27", "commitment", ""),
        ]

    def test_every_subject_of_a_commitment_tells_of_it(self):
        topic, above = make_topic(), make_topic()
        topic.parent = above
        topic.save()
        initiative, ministry, supporting = make_initiative(), make_ministry(), make_ministry()
        membership = make_membership()
        tag = make_tag()
        commitment = make_commitment(initiative=initiative, lead_ministry=ministry, made_by=membership)
        commitment.topics.add(topic)
        commitment.supporting_ministries.add(supporting)
        make_annotation(commitment=commitment, visibility="public", recorded_at=NOW).tags.add(tag)

        subjects = [initiative, ministry, supporting, membership.official, topic, above, tag, EVERYTHING, commitment]
        assert [subject for subject in subjects if "commitment" not in kinds_of(subject)] == []

    def test_a_topic_of_an_initiative_tells_of_its_commitments(self):
        topic, initiative = make_topic(), make_initiative()
        make_commitment(initiative=initiative)

        initiative.topics.add(topic)

        assert kinds_of(topic) == ["commitment"]

    def test_a_status_line_says_from_what_to_what(self):
        commitment = make_commitment()
        make_assessment(commitment=commitment, status="in_progress", effective_from=date(2023, 2, 1))
        make_assessment(commitment=commitment, status="fulfilled", effective_from=date(2023, 4, 1))

        entries = timeline_of(commitment, TODAY, kinds=["status"]).entries

        assert [(e.old_status, e.new_status) for e in entries] == [("in_progress", "fulfilled"), ("", "in_progress")]

    def test_a_status_learnt_later_but_true_earlier_is_told_at_its_own_day(self):
        commitment = make_commitment()
        make_assessment(commitment=commitment, status="fulfilled", effective_from=date(2023, 4, 1))
        make_assessment(
            commitment=commitment, status="stalled", effective_from=date(2023, 3, 1), recorded_at=at(2025, 1, 1)
        )

        entries = timeline_of(commitment, TODAY, kinds=["status"]).entries
        then = timeline_of(commitment, Moment(date(2024, 1, 1), at(2024, 1, 1)), kinds=["status"]).entries

        assert [(e.old_status, e.new_status) for e in entries] == [("stalled", "fulfilled"), ("", "stalled")]
        assert [(e.old_status, e.new_status) for e in then] == [("", "fulfilled")]

    def test_a_withdrawn_status_is_told_only_until_it_was_withdrawn(self):
        assessment = make_assessment()
        Ruling.objects.create(
            assessment=assessment, kind="withdrawn", reason="Wrong.", made_by=make_user(), recorded_at=at(2024, 1, 1)
        )

        assert kinds_of(assessment.commitment, kinds=["status"]) == []
        assert kinds_of(assessment.commitment, Moment(TODAY.as_of, at(2023, 12, 31)), kinds=["status"]) == ["status"]

    def test_a_line_names_who_held_the_post_then(self):
        ministry = make_ministry()
        post = make_post(ministry=ministry, is_head=True)
        first = make_membership(post=post, started_on=date(2022, 5, 13), ended_on=date(2023, 7, 28))
        second = make_membership(post=post, started_on=date(2023, 7, 28))
        make_commitment(lead_ministry=ministry, made_on=date(2023, 1, 27))
        make_commitment(lead_ministry=ministry, made_on=date(2023, 7, 28))

        entries = timeline_of(ministry, TODAY, kinds=["commitment"]).entries

        assert [entry.responsible for entry in entries] == [(second,), (first,)]

    def test_an_initiative_shows_the_heads_and_governments_of_its_time_only(self):
        ministry = make_ministry()
        post = make_post(ministry=ministry, is_head=True)
        make_membership(post=post, started_on=date(2004, 1, 1), started_precision="year", ended_on=date(2005, 12, 31))
        make_membership(post=post, started_on=date(2023, 7, 28))
        make_government(started_on=date(2025, 6, 4))
        initiative = make_initiative(lead_ministry=ministry, announced_on=date(2022, 8, 15))

        assert told(initiative) == [
            ("2025-06-04", "government", "start"),
            ("2023-07-28", "appointment", "start"),
            ("2022-08-15", "initiative", "announced"),
        ]

    def test_an_official_shows_what_was_concluded_on_their_watch_and_not_on_the_successors(self):
        post = make_post(is_head=True)
        first = make_membership(post=post, started_on=date(2022, 5, 13), ended_on=date(2023, 7, 28))
        make_membership(post=post, started_on=date(2023, 7, 28))
        commitment = make_commitment(lead_ministry=post.ministry)
        make_assessment(commitment=commitment, effective_from=date(2023, 3, 1))
        make_assessment(commitment=commitment, effective_from=date(2023, 7, 28), status="stalled")

        entries = timeline_of(first.official, TODAY, kinds=["status"]).entries

        assert [entry.new_status for entry in entries] == ["in_progress"]

    def test_an_article_stands_under_subjects_a_person_confirmed_and_nowhere_else(self):
        article = make_article()
        named, unconfirmed = make_ministry(), make_ministry()
        user = make_user()
        decided = {"state": "confirmed", "decided_by": user, "decided_at": NOW, "recorded_at": NOW}
        make_mention(article=article, ministry=named, **decided)
        make_mention(article=article, ministry=unconfirmed)

        assert kinds_of(named) == ["article"]
        assert kinds_of(unconfirmed) == []
        assert kinds_of(EVERYTHING) == ["article"]

    def test_a_tag_tells_of_articles_with_a_public_passage_and_keeps_the_teams_own(self):
        tag, private = make_tag(), make_tag()
        snapshot = make_snapshot()
        make_annotation(snapshot=snapshot, visibility="public", recorded_at=NOW).tags.add(tag)
        make_annotation(snapshot=snapshot, visibility="team").tags.add(private)

        assert kinds_of(tag) == ["article"]
        assert kinds_of(private) == []

    def test_the_lines_of_one_day_stand_in_the_order_in_which_they_follow(self):
        day = date(2023, 3, 30)
        ministry = make_ministry()
        make_membership(post=make_post(ministry=ministry, is_head=True), started_on=day)
        commitment = make_commitment(made_on=day, lead_ministry=ministry)
        evidence = make_evidence(commitment=commitment, dated_on=day)
        make_assessment(commitment=commitment, evidence=[evidence], effective_from=day)

        newest_first = kinds_of(commitment)
        oldest_first = kinds_of(commitment, newest_first=False)

        assert newest_first == ["status", "evidence", "commitment", "appointment"]
        assert oldest_first == newest_first[::-1]


class TestDraftsStayInside:
    @pytest.mark.parametrize(
        "make", [make_evidence, make_statement, make_event, make_article, make_commitment, make_membership]
    )
    def test_a_draft_is_on_no_timeline(self, make):
        before = TimelineEvent.objects.count()

        draft = make(recorded_at=None)

        new = TimelineEvent.objects.order_by("-id")[: TimelineEvent.objects.count() - before]
        assert [line for line in new if line.source_id == draft.pk and line.kind == draft._meta.model_name] == []

    def test_a_draft_assessment_is_on_no_timeline(self):
        assessment = make_assessment(published=False)

        assert kinds_of(assessment.commitment, kinds=["status"]) == []

    def test_nothing_of_a_draft_commitment_is_told(self):
        commitment = make_commitment(recorded_at=None)
        make_evidence(commitment=commitment)
        make_assessment(commitment=commitment, published=False)

        assert "evidence" not in kinds_of(EVERYTHING) and "status" not in kinds_of(EVERYTHING)

    def test_a_published_line_does_not_name_a_draft(self):
        initiative = make_initiative(recorded_at=None)
        make_commitment(initiative=initiative)

        (entry,) = timeline_of(EVERYTHING, TODAY).entries

        assert entry.initiative is None

    def test_publishing_a_commitment_brings_all_that_hangs_on_it(self):
        commitment = make_commitment(recorded_at=None)
        make_evidence(commitment=commitment)

        commitment.recorded_at = NOW
        commitment.save()

        assert sorted(kinds_of(commitment)) == ["commitment", "evidence"]


class TestClocks:
    def test_what_happened_after_the_day_is_left_out_but_deadlines_ahead_are_told(self):
        commitment = make_commitment(due_on=date(2023, 12, 31))
        make_evidence(commitment=commitment, dated_on=date(2023, 6, 1))

        page = timeline_of(commitment, Moment(date(2023, 2, 1), NOW))

        assert [(entry.kind, entry.is_ahead) for entry in page.entries] == [("deadline", True), ("commitment", False)]

    def test_a_deadline_is_not_ahead_before_its_promise_was_made(self):
        commitment = make_commitment(due_on=date(2023, 12, 31))

        assert told(commitment, Moment(date(2023, 1, 26), NOW)) == []

    def test_what_was_recorded_later_was_not_known(self):
        commitment = make_commitment(recorded_at=at(2023, 2, 1))
        make_evidence(commitment=commitment, recorded_at=at(2023, 3, 1))

        assert kinds_of(commitment, Moment(TODAY.as_of, at(2023, 2, 15))) == ["commitment"]

    def test_an_extended_deadline_stands_until_the_extension_on_either_clock(self):
        commitment = make_commitment(due_on=date(2023, 3, 31))
        DeadlineChange.objects.create(
            commitment=commitment,
            kind="extended",
            happened_on=date(2023, 3, 1),
            due_on=date(2023, 6, 30),
            due_precision="day",
            source_url="https://ministry.example.org/",
            recorded_at=at(2023, 5, 1),
        )

        def deadlines(as_of, known_at):
            return [day for day, kind, _ in told(commitment, Moment(as_of, known_at)) if kind == "deadline"]

        assert deadlines(date(2023, 2, 1), NOW) == ["2023-03-31"]
        assert deadlines(date(2023, 3, 2), NOW) == ["2023-06-30"]
        assert deadlines(date(2023, 3, 2), at(2023, 4, 1)) == ["2023-03-31"]
        assert "terms" in kinds_of(commitment)

    def test_a_deadline_that_came_before_it_was_extended_stays_in_the_past(self):
        commitment = make_commitment(due_on=date(2023, 3, 31))
        DeadlineChange.objects.create(
            commitment=commitment,
            kind="extended",
            happened_on=date(2023, 6, 1),
            due_on=date(2023, 12, 31),
            due_precision="day",
            source_url="https://ministry.example.org/",
            recorded_at=at(2023, 6, 2),
        )

        days = [entry.happened_on for entry in timeline_of(commitment, TODAY, kinds=["deadline"]).entries]

        assert days == [date(2023, 12, 31), date(2023, 3, 31)]


class TestPages:
    def test_pages_hold_every_line_once_in_either_direction(self):
        commitment = make_commitment()
        snapshot = make_snapshot(text="x" * 40)
        for number in range(11):
            make_evidence(
                commitment=commitment,
                snapshot=snapshot,
                quote="x" * (number + 1),
                dated_on=date(2023, 3, number % 3 + 1),
            )
        whole = [entry.key for entry in timeline_of(commitment, TODAY, size=50).entries]

        pages, page = [], ""
        while page is not None:
            answer = timeline_of(commitment, TODAY, page=page, size=5)
            pages.append([entry.key for entry in answer.entries])
            page = answer.next or None
        back = timeline_of(commitment, TODAY, page=answer.previous, size=5)

        assert [key for keys in pages for key in keys] == whole
        assert len(whole) == len(set(whole)) == 12
        assert [entry.key for entry in back.entries] == pages[-2]

    def test_a_page_stays_where_it_is_while_newer_lines_arrive(self):
        commitment = make_commitment()
        snapshot = make_snapshot(text="x" * 40)
        for number in range(4):
            make_evidence(
                commitment=commitment, snapshot=snapshot, quote="x" * (number + 1), dated_on=date(2023, 3, number + 1)
            )
        second = timeline_of(commitment, TODAY, size=2).next
        expected = told(commitment, page=second, size=2)

        make_evidence(commitment=commitment, snapshot=snapshot, quote="x" * 9, dated_on=date(2025, 1, 1))

        assert told(commitment, page=second, size=2) == expected

    def test_years_count_what_the_pages_hold_and_lead_to_their_page(self):
        commitment = make_commitment(made_on=date(2022, 12, 31))
        make_evidence(commitment=commitment, dated_on=date(2023, 1, 1))
        make_evidence(commitment=commitment, dated_on=date(2024, 1, 1))

        page = timeline_of(commitment, TODAY)

        assert [(year.year, str(year.tally)) for year in page.years] == [(2024, "1"), (2023, "1"), (2022, "1")]
        assert str(page.tally) == "3"
        assert told(commitment, page=page.years[1].page)[0] == ("2023-01-01", "evidence", "")

    def test_a_count_beyond_a_thousand_says_so(self):
        with connection.cursor() as cursor:
            cursor.execute(
                """INSERT INTO tracking_event (text, happened_on, happened_precision, recorded_at)
                SELECT 'event ' || n, '2023-01-01', 'day', now() - interval '9 years' FROM generate_series(1, 1200) n"""
            )

        page = timeline_of(EVERYTHING, TODAY)

        assert str(page.tally) == "1,000+" and not page.tally.is_exact

    @pytest.mark.parametrize(
        "page", ["2", "x-1", "20230101T000000.000000-x", "20230101T000000.000000--5", "~", "9" * 40]
    )
    def test_an_invented_page_is_refused_with_a_sentence(self, page):
        with pytest.raises(NotAPage, match="Start again"):
            timeline_of(EVERYTHING, TODAY, page=page)

    def test_chosen_kinds_are_the_only_ones_told(self):
        commitment = make_commitment(due_on=date(2023, 3, 31))
        make_evidence(commitment=commitment)

        assert kinds_of(commitment, kinds=["evidence"]) == ["evidence"]
        assert kinds_of(commitment, kinds=["nonsense"]) == []

    def test_a_followed_set_tells_what_two_subjects_share_once(self):
        initiative = make_initiative()
        commitment = make_commitment(initiative=initiative)

        assert kinds_of([initiative, commitment]) == ["commitment"]

    def test_a_page_of_many_kinds_asks_a_bounded_number_of_questions(self, django_assert_max_num_queries):
        ministry = make_ministry()
        for _ in range(3):
            assessment = make_assessment(commitment=make_commitment(lead_ministry=ministry, due_on=date(2023, 3, 31)))
            make_statement(commitment=assessment.commitment)

        with django_assert_max_num_queries(9):
            timeline_of(ministry, TODAY)


class TestNews:
    def test_news_are_what_was_recorded_since_and_not_what_was_moved(self):
        commitment = make_commitment(recorded_at=at(2023, 2, 1))
        make_evidence(commitment=commitment, recorded_at=at(2024, 2, 1))
        make_assessment(commitment=commitment, recorded_at=at(2024, 3, 1))

        news = news_of([commitment], TODAY, told_until=at(2024, 2, 15))

        assert [(subject, entry.kind) for subject, entry in news] == [(commitment, "status")]

    def test_what_two_followed_subjects_share_is_news_once(self):
        initiative = make_initiative()
        commitment = make_commitment(initiative=initiative, recorded_at=at(2024, 2, 1))

        news = news_of([commitment, initiative], TODAY, told_until=at(2024, 1, 1))

        assert [entry.kind for _, entry in news] == ["commitment"]


class TestKeeping:
    def test_the_check_finds_a_missing_and_a_stray_line(self, capsys):
        make_commitment()
        TimelineEvent.objects.filter(subject_kind="all").delete()
        TimelineEvent.objects.filter(subject_kind="ministry").update(happened_on=date(2020, 1, 1))

        with pytest.raises(CommandError, match="3 lines and 0 standings differ"):
            call_command("timeline", "--check")

        assert "missing commitment" in capsys.readouterr().out

    def test_a_rebuild_mends_them(self):
        make_commitment()
        TimelineEvent.objects.all().delete()

        call_command("timeline", "--rebuild")

        call_command("timeline", "--check")
        assert TimelineEvent.objects.filter(subject_kind="commitment").exists()

    def test_raw_sql_is_followed_too(self):
        evidence = make_evidence(dated_on=date(2023, 2, 1))
        other = make_ministry()

        with connection.cursor() as cursor:
            cursor.execute("UPDATE tracking_evidence SET dated_on = '2023-02-02' WHERE id = %s", [evidence.pk])
            cursor.execute(
                "INSERT INTO government_commitment_supporting_ministries (commitment_id, ministry_id) VALUES (%s, %s)",
                [evidence.commitment_id, other.pk],
            )

        assert told(other)[0] == ("2023-02-02", "evidence", "")
        assert faults() == []

    def test_a_superseded_assessment_gives_way_to_its_successor(self):
        first = make_assessment()
        evidence = list(first.evidence.all())

        make_assessment(commitment=first.commitment, evidence=evidence, supersedes=first, status="fulfilled")

        entries = timeline_of(first.commitment, TODAY, kinds=["status"]).entries
        assert [(entry.old_status, entry.new_status) for entry in entries] == [("", "fulfilled")]
        assert faults() == []
