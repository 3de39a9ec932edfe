"""We know who made a promise, who inherited it, who saw it concluded; and nothing closes silently."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import pairwise

import pytest

from policytracker.government.models import FormerAddress, Membership, Succession
from policytracker.tracking.actions.closing import StillOpen, close_round, end_government, still_open
from policytracker.tracking.actions.mergers import NotTwo, merge_initiatives, merge_officials
from policytracker.tracking.actions.offices import (
    AlreadyEnded,
    PostIsHeld,
    appoint,
    dissolve,
    end_membership,
    hand_over,
    rename_ministry,
    succeed,
)
from policytracker.tracking.actions.rules import RuleBroken
from policytracker.tracking.corrections import corrections_of, ledger_faults
from policytracker.tracking.handover import hand_over_sheet, memberships_of, terms_of
from policytracker.tracking.models import Follow
from policytracker.tracking.moments import Moment
from policytracker.tracking.standing import with_standing
from policytracker.tracking.timeline import timeline_of
from policytracker.tracking.timeline_keeping import faults
from policytracker.tracking.watches import answering_for
from tests.factories import (
    EARLY,
    NOW,
    make_alias,
    make_assessment,
    make_commitment,
    make_event,
    make_government,
    make_initiative,
    make_membership,
    make_mention,
    make_ministry,
    make_official,
    make_post,
    make_user,
)

pytestmark = pytest.mark.django_db
TODAY = Moment(date(2026, 3, 1), NOW, is_present=True)


def standing_of(commitment):
    return with_standing(type(commitment).objects.filter(pk=commitment.pk), TODAY).get()


class Office:
    """A ministry with three ministers, one after the other."""

    def __init__(self):
        self.ministry = make_ministry()
        self.post = make_post(ministry=self.ministry, is_head=True)
        days = [date(2022, 5, 13), date(2023, 7, 28), date(2025, 7, 25), None]
        self.first, self.second, self.third = (
            make_membership(post=self.post, started_on=start, ended_on=end) for start, end in pairwise(days)
        )

    def promise(self, made_on, *verdicts):
        """A commitment with (status, day) verdicts."""
        commitment = make_commitment(lead_ministry=self.ministry, made_on=made_on)
        for status, day in verdicts:
            make_assessment(commitment=commitment, status=status, effective_from=day, recorded_at=NOW)
        return commitment


@pytest.fixture
def office():
    return Office()


class TestWatches:
    def test_a_commitment_says_who_made_inherited_and_resolved_it(self, office):
        promised = office.promise(date(2023, 1, 27), ("in_progress", date(2023, 3, 1)), ("fulfilled", date(2024, 2, 1)))

        told = answering_for(standing_of(promised), [office.first, office.second, office.third], today=TODAY.as_of)

        assert told.made_by == (office.first,)
        assert told.inherited_by == (office.second,)
        assert (told.resolved_on, told.resolved_by) == (date(2024, 2, 1), (office.second,))

    def test_an_open_commitment_is_inherited_by_everyone_since(self, office):
        promised = office.promise(date(2023, 1, 27))

        told = answering_for(standing_of(promised), [office.third, office.second, office.first], today=TODAY.as_of)

        assert (told.inherited_by, told.resolved_on) == ((office.second, office.third), None)

    def test_what_was_concluded_and_taken_back_was_resolved_when_it_was_concluded_for_good(self, office):
        promised = office.promise(
            date(2023, 1, 27),
            ("fulfilled", date(2023, 3, 1)),
            ("in_progress", date(2024, 1, 1)),
            ("not_fulfilled", date(2025, 8, 19)),
        )

        told = answering_for(standing_of(promised), [office.first, office.second, office.third], today=TODAY.as_of)

        assert (told.resolved_on, told.resolved_by) == (date(2025, 8, 19), (office.third,))

    def test_the_account_of_every_term_adds_up(self, office):
        kept = office.promise(date(2023, 1, 27), ("fulfilled", date(2024, 2, 1)))
        early = office.promise(date(2023, 1, 27), ("fulfilled", date(2023, 3, 1)))
        reopened = office.promise(date(2023, 1, 28), ("fulfilled", date(2023, 3, 1)), ("stalled", date(2024, 1, 1)))
        open_still = office.promise(date(2024, 5, 1))

        (account,) = terms_of(office.second.official, TODAY)

        assert (account.since, account.until) == (date(2023, 7, 28), date(2025, 7, 25))
        assert set(account.inherited) == {kept}
        assert set(account.made) == {open_still}
        assert set(account.reopened) == {reopened}
        assert set(account.resolved) == {kept}
        assert set(account.left) == {open_still, reopened}
        assert early not in account.resolved

    def test_every_official_adds_up(self, office):
        for number, status in enumerate(["fulfilled", "stalled", "not_fulfilled", "not_started"]):
            office.promise(date(2022, 6, 1 + number), (status, date(2024, 1, 1 + number)))

        for membership in (office.first, office.second, office.third):
            (account,) = terms_of(membership.official, TODAY)
            came = len(account.inherited) + len(account.made) + len(account.reopened)
            went = len(account.resolved) + len(account.ended) + len(account.left)
            assert came == went == 4 - len(account.ended) - (2 if membership == office.third else 0)

    def test_a_hand_over_sheet_lists_what_was_open_on_the_first_day(self, office):
        overdue = make_commitment(lead_ministry=office.ministry, made_on=date(2023, 1, 27), due_on=date(2023, 3, 31))
        ahead = make_commitment(lead_ministry=office.ministry, made_on=date(2023, 1, 27), due_on=date(2024, 3, 31))
        undated = office.promise(date(2023, 1, 27))
        office.promise(date(2023, 1, 27), ("fulfilled", date(2023, 3, 1)))
        office.promise(date(2023, 8, 1))

        sheet = hand_over_sheet(office.second, TODAY)

        assert (sheet.overdue, sheet.ahead, sheet.undated, sheet.total) == ([overdue], [ahead], [undated], 3)

    def test_a_sheet_includes_what_came_from_a_dissolved_ministry(self, office):
        old = make_ministry()
        promised = make_commitment(lead_ministry=old, made_on=date(2023, 1, 27))
        succeed(
            predecessor=old,
            successor=office.ministry,
            kind="merged",
            happened_on=date(2023, 7, 1),
            by=make_user(),
            at=EARLY.replace(year=2023, month=8),
        )

        sheet = hand_over_sheet(office.second, TODAY)

        old.refresh_from_db()
        assert sheet.undated == [promised]
        assert old.dissolved_on == date(2023, 7, 1)


class TestOffices:
    def test_a_post_of_one_holder_is_not_held_by_two(self, office):
        with pytest.raises(PostIsHeld, match="Somebody else"):
            appoint(official=make_official(), post=office.post, started_on=date(2025, 9, 1), by=make_user(), at=NOW)

    def test_an_acting_holder_may_stand_beside(self, office):
        held = appoint(
            official=make_official(),
            post=office.post,
            started_on=date(2025, 9, 1),
            is_acting=True,
            by=make_user(),
            at=NOW,
        )

        assert held.is_published

    def test_the_same_person_comes_back(self, office):
        end_membership(membership=office.third, ended_on=date(2025, 12, 1), by=make_user(), at=NOW)

        again = appoint(
            official=office.first.official, post=office.post, started_on=date(2025, 12, 1), by=make_user(), at=NOW
        )

        assert Membership.objects.filter(official=office.first.official).count() == 2
        assert again.official == office.first.official

    def test_an_end_is_known_from_the_moment_it_was_recorded(self, office):
        end_membership(membership=office.third, ended_on=date(2025, 12, 1), by=make_user(), at=NOW)

        def ends(moment):
            entries = timeline_of(office.third.official, moment, kinds=["appointment"]).entries
            return [entry.happened_on for entry in entries if entry.variant == "end"]

        assert ends(TODAY) == [date(2025, 12, 1)]
        assert ends(Moment(TODAY.as_of, NOW.replace(year=2025))) == []
        assert faults() == ledger_faults() == []

    def test_an_end_that_stands_is_corrected_and_not_told_again(self, office):
        with pytest.raises(AlreadyEnded):
            end_membership(membership=office.first, ended_on=date(2023, 7, 1), by=make_user(), at=NOW)

    def test_a_hand_over_ends_one_term_and_begins_the_next(self, office):
        new = hand_over(post=office.post, to=make_official(), on=date(2026, 2, 1), by=make_user(), at=NOW)

        assert list(Membership.objects.filter(post=office.post).holding(on=date(2026, 2, 1))) == [new]

    def test_a_renamed_ministry_keeps_its_names_over_time_and_its_old_address(self):
        ministry = make_ministry(slug="old", name="Ministry of Unification")

        rename_ministry(
            ministry=ministry,
            names={"en": "Ministry of Inter-Korean Relations"},
            renamed_on=date(2025, 10, 1),
            slug="new",
            by=make_user(),
            at=NOW,
        )

        names = list(ministry.names.order_by("valid_from").values_list("name", "valid_from", "valid_until"))
        assert sorted(names, key=str) == [
            ("Ministry of Inter-Korean Relations", date(2025, 10, 1), None),
            ("Ministry of Unification", None, date(2025, 10, 1)),
        ]
        assert ministry.aliases.filter(name="Ministry of Unification").exists()
        assert FormerAddress.objects.get(slug="old").ministry == ministry
        assert corrections_of(TODAY).entries == []

    def test_a_split_body_lives_on(self):
        old, new = make_ministry(), make_ministry()

        succeed(predecessor=old, successor=new, kind="split", happened_on=date(2025, 1, 1), by=make_user(), at=NOW)

        old.refresh_from_db()
        assert old.dissolved_on is None and Succession.objects.count() == 1
        assert [e.variant for e in timeline_of(new, TODAY).entries] == ["succession"]

    def test_a_body_with_holders_does_not_end_and_one_that_ended_gets_none(self, office):
        with pytest.raises(RuleBroken, match=f"after its last day: {office.third.official}") as refusal:
            dissolve(ministry=office.ministry, dissolved_on=date(2025, 12, 1), by=make_user(), at=NOW)
        end_membership(membership=office.third, ended_on=date(2025, 12, 1), by=make_user(), at=NOW)
        dissolve(ministry=office.ministry, dissolved_on=date(2025, 12, 1), by=make_user(), at=NOW)

        with pytest.raises(RuleBroken, match="Record first that they left"):
            appoint(official=make_official(), post=office.post, started_on=date(2025, 12, 2), by=make_user(), at=NOW)
        assert refusal.value.field == "happened_on"

    def test_a_name_and_its_end_are_known_from_the_moment_they_were_recorded(self):
        ministry = make_ministry(name="Ministry of Unification")
        rename = partial(rename_ministry, ministry=ministry, by=make_user())

        rename(names={"en": "Ministry of Peace"}, renamed_on=date(2023, 1, 1), at=NOW)
        rename(names={"en": "Ministry of Dialogue"}, renamed_on=date(2024, 1, 1), at=NOW + timedelta(days=1))

        told = ministry.names.order_by("pk").values_list("name", "recorded_at", "end_recorded_at")
        assert list(told) == [
            ("Ministry of Unification", NOW, NOW),
            ("Ministry of Peace", NOW, NOW + timedelta(days=1)),
            ("Ministry of Dialogue", NOW + timedelta(days=1), None),
        ]


class TestMergers:
    def test_two_rows_for_one_official_become_one(self):
        kept, double = make_official(slug="chung"), make_official(slug="jeong", name="Jeong Dong-young")
        held = make_membership(official=double)
        make_alias("정동영", official=double)
        make_alias("정동영", official=kept)
        user = make_user()
        mention = make_mention(official=double, state="confirmed", decided_by=user, decided_at=NOW, recorded_at=NOW)
        Follow.objects.create(user=user, official=double, created_at=NOW, told_until=NOW)

        merge_officials(official=double, into=kept, note="The same person.", by=user, at=NOW)

        for row in (held, mention, double):
            row.refresh_from_db()
        assert (held.official, mention.official, double.merged_into) == (kept, kept, kept)
        assert kept.follows.count() == 1 and double.follows.count() == 0
        assert set(kept.aliases.values_list("name", flat=True)) == {"정동영", "Jeong Dong-young"}
        assert faults() == ledger_faults() == []

    def test_what_was_told_of_either_official_before_stays(self, office):
        kept, double = office.first.official, office.second.official
        before = Moment(TODAY.as_of, NOW - timedelta(days=1))

        def told(official, moment):
            return [(e.happened_on, e.variant) for e in timeline_of(official, moment, kinds=["appointment"]).entries]

        was = [told(kept, before), told(double, before)]

        merge_officials(official=double, into=kept, note="The same person.", by=make_user(), at=NOW)

        assert [told(kept, before), told(double, before)] == was
        assert sorted(told(kept, TODAY)) == sorted(was[0] + was[1]) and told(double, TODAY) == []
        assert [len(terms_of(official, before)) for official in (kept, double)] == [1, 1]
        assert {held.official_id for held in memberships_of([double], before)} == {double.pk}
        assert memberships_of([double], TODAY) == [] and len(memberships_of([kept], TODAY)) == 2
        assert faults() == ledger_faults() == []

    def test_two_rows_for_one_policy_become_one_and_the_past_stays(self):
        kept, double = make_initiative(), make_initiative()
        promised = make_commitment(initiative=double)
        make_event().initiatives.add(double)

        merge_initiatives(initiative=double, into=kept, note="The same policy.", by=make_user(), at=NOW)

        promised.refresh_from_db()
        assert promised.initiative == kept
        assert {e.kind for e in timeline_of(kept, TODAY).entries} >= {"commitment", "event"}
        earlier = replace(TODAY, known_at=datetime(2025, 1, 1, tzinfo=UTC), is_present=False)
        assert "commitment" in {e.kind for e in timeline_of(double, earlier).entries}
        assert faults() == ledger_faults() == []

    def test_a_row_is_not_merged_into_itself_nor_twice(self):
        kept, double = make_official(), make_official()

        with pytest.raises(NotTwo):
            merge_officials(official=kept, into=kept, note="?", by=make_user(), at=NOW)
        merge_officials(official=double, into=kept, note="Same.", by=make_user(), at=NOW)
        with pytest.raises(NotTwo):
            merge_officials(official=double, into=kept, note="Same.", by=make_user(), at=NOW)


class TestClosing:
    def test_the_end_of_a_government_opens_its_closing_round_once(self):
        government, user = make_government(), make_user()

        closing = end_government(government=government, ended_on=date(2025, 4, 4), by=user, at=NOW)
        again = end_government(government=government, ended_on=date(2025, 4, 4), by=user, at=NOW)

        assert closing == again and government.ended_on == date(2025, 4, 4)

    def test_a_round_does_not_close_over_an_open_commitment(self):
        government, user = make_government(), make_user()
        promised = make_commitment(government=government)
        closing = end_government(government=government, ended_on=date(2025, 4, 4), by=user, at=NOW)

        with pytest.raises(StillOpen) as refusal:
            close_round(closing=closing, by=user, at=NOW)

        assert list(refusal.value.commitments) == list(still_open(closing)) == [promised]

    def test_a_round_closes_when_every_commitment_has_its_closing_assessment(self):
        government, user = make_government(), make_user()
        promised = make_commitment(government=government)
        closing = end_government(government=government, ended_on=date(2025, 4, 4), by=user, at=NOW)
        make_assessment(
            commitment=promised,
            status="stalled",
            closing_round=closing,
            effective_from=date(2025, 4, 4),
            recorded_at=NOW,
        )

        closed = close_round(closing=closing, by=user, at=NOW)

        assert closed.closed_at == NOW
