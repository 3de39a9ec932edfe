"""Notes keep their words, their place and their readers."""

from datetime import timedelta
from uuid import uuid4

import pytest

from policytracker.tracking.actions.annotations import (
    LONGEST_NOTE,
    NoteRefused,
    Words,
    annotate_passage,
    annotate_subject,
    delete_annotation,
    edit_annotation,
    release_annotation,
    reply,
    resolve_annotation,
)
from policytracker.tracking.actions.passages import NoSuchPassage
from policytracker.tracking.actions.reattaching import reattach_annotations
from policytracker.tracking.actions.refusals import ChangedMeanwhile
from policytracker.tracking.models import Addressee, Annotation
from tests.factories import (
    NOW,
    QUOTE,
    TEXT,
    make_annotation,
    make_article,
    make_commitment,
    make_initiative,
    make_snapshot,
    make_tag,
    make_user,
    passage_of,
)

pytestmark = pytest.mark.django_db


def annotate(quote=QUOTE, *, snapshot=None, words=None, by=None, **place):
    snapshot = snapshot or make_snapshot()
    passage = {k: v for k, v in passage_of(snapshot, quote).items() if k in ("start", "end", "exact")}
    return annotate_passage(snapshot=snapshot, words=words or Words(), by=by or make_user(), at=NOW, **passage | place)


def test_a_note_keeps_its_passage_with_surroundings():
    annotation = annotate(words=Words(body=" Two parts. ", tags=[make_tag("report")]))

    assert TEXT[annotation.start : annotation.end] == annotation.exact == QUOTE
    assert annotation.prefix == TEXT[annotation.start - 32 : annotation.start]
    assert annotation.body == "Two parts."
    assert [tag.label for tag in annotation.tags.all()] == ["report"]


def test_offsets_count_code_points():
    snapshot = make_snapshot(text="😀😀 통일부는 보고서를 발간한다.")

    annotation = annotate("보고서를", snapshot=snapshot)

    assert (annotation.start, annotation.end) == (8, 12)


@pytest.mark.parametrize(
    "place",
    [{"start": 0}, {"start": 3, "end": 3, "exact": ""}, {"end": 10_000}, {"exact": "other words"}],
)
def test_words_that_do_not_stand_there_are_refused(place):
    with pytest.raises(NoSuchPassage):
        annotate(**place)

    assert not Annotation.objects.exists()


def test_blank_passages_are_refused():
    with pytest.raises(NoSuchPassage, match="blank"):
        annotate("\n", snapshot=make_snapshot(text="a\nb"))


def test_a_note_sent_twice_is_stored_once():
    user, snapshot, key = make_user(), make_snapshot(), uuid4()

    first = annotate(snapshot=snapshot, by=user, key=key)
    second = annotate(snapshot=snapshot, by=user, key=key)

    assert first == second
    assert Annotation.objects.count() == 1


def test_a_note_of_a_megabyte_is_refused():
    with pytest.raises(NoteRefused, match="1,048,576 characters"):
        annotate(words=Words(body="x" * 1_048_576))


@pytest.mark.parametrize("make_subject", [make_initiative, make_commitment])
def test_initiatives_and_commitments_can_be_annotated(make_subject):
    subject = make_subject()

    annotation = annotate_subject(subject=subject, words=Words(body="Ask again."), by=make_user(), at=NOW)

    assert list(subject.annotations.all()) == [annotation]


def test_a_note_on_a_subject_says_something():
    with pytest.raises(NoteRefused):
        annotate_subject(subject=make_initiative(), words=Words(body=" "), by=make_user(), at=NOW)


def test_editing_keeps_how_the_note_read_before():
    author = make_user()
    annotation = annotate(words=Words(body="First.", tags=[make_tag("a")]), by=author)

    edit_annotation(annotation=annotation, words=Words(body="Second."), version=1, by=author, at=NOW)

    annotation.refresh_from_db()
    assert (annotation.body, annotation.version) == ("Second.", 2)
    revision = annotation.revisions.get()
    assert (revision.version, revision.body, revision.tag_labels) == (1, "First.", ["a"])


def test_the_second_of_two_editors_is_told():
    author = make_user()
    annotation = annotate(words=Words(body="First."), by=author)
    edit_annotation(annotation=annotation, words=Words(body="Second."), version=1, by=author, at=NOW)

    with pytest.raises(ChangedMeanwhile) as caught:
        edit_annotation(annotation=annotation, words=Words(body="Third."), version=1, by=author, at=NOW)

    assert caught.value.current.body == "Second."


def test_an_answer_reaches_the_author_and_those_it_names():
    author, named, other = make_user("kim"), make_user("j.park"), make_user("lee")
    note = make_annotation(author=author)

    answer = reply(to=note, body="Agreed, see @j.park. And me@example.org, @nobody, @lee", by=other, at=NOW)

    assert {(a.user, a.reason) for a in answer.addressees.all()} == {(author, "reply"), (named, "named")}
    assert answer.parent == note


def test_an_answer_to_an_answer_stays_in_one_thread():
    note = make_annotation()
    first = reply(to=note, body="One.", by=make_user(), at=NOW)

    second = reply(to=first, body="Two.", by=make_user(), at=NOW)

    assert second.parent == note


def test_nobody_is_told_of_a_private_note():
    make_user("kim")

    annotate(words=Words(body="Ask @kim", visibility="private"))

    assert not Addressee.objects.exists()


def test_private_notes_are_their_authors_alone():
    author, colleague = make_user(), make_user()
    private = make_annotation(author=author, visibility="private")
    team = make_annotation(author=author)

    assert set(Annotation.objects.visible_to(author)) == {private, team}
    assert set(Annotation.objects.visible_to(colleague)) == {team}


def test_a_public_note_waits_for_its_release():
    annotation = annotate(words=Words(visibility="public"), snapshot=make_article(recorded_at=None).current_snapshot)
    assert not Annotation.objects.published().exists()

    assert release_annotation(annotation=annotation, by=make_user(), at=NOW)

    assert list(Annotation.objects.published()) == [annotation]
    assert annotation.snapshot.article.recorded_at is None
    annotation.snapshot.article.refresh_from_db()
    assert annotation.snapshot.article.recorded_at == NOW


def test_only_public_notes_are_released():
    with pytest.raises(NoteRefused):
        release_annotation(annotation=make_annotation(), by=make_user(), at=NOW)


def test_a_note_on_a_draft_is_not_released():
    note = make_annotation(commitment=make_commitment(recorded_at=None), visibility="public", body="x")

    with pytest.raises(NoteRefused, match="first"):
        release_annotation(annotation=note, by=make_user(), at=NOW)


def test_a_deleted_note_is_off_every_page():
    annotation = make_annotation(visibility="public", recorded_at=NOW)

    delete_annotation(annotation=annotation, by=annotation.author, at=NOW)

    assert not Annotation.objects.standing().exists()
    assert not Annotation.objects.published().exists()
    with pytest.raises(NoteRefused, match="deleted"):
        reply(to=Annotation.objects.get(), body="Why?", by=make_user(), at=NOW)


def test_resolving_says_who_and_when():
    annotation, user = make_annotation(), make_user()

    resolve_annotation(annotation=annotation, by=user, at=NOW)

    annotation.refresh_from_db()
    assert (annotation.resolved_by, annotation.resolved_at) == (user, NOW)


def test_notes_find_their_place_in_a_new_snapshot_or_are_detached():
    article = make_article()
    kept, lost = (
        make_annotation(snapshot=article.current_snapshot),
        make_annotation(snapshot=article.current_snapshot, quote="It gave no further details."),
    )
    article.current_snapshot = make_snapshot(article=article, text="Corrected.\n" + TEXT.replace("It gave no", "No"))
    article.save()

    counts = reattach_annotations(article=article, at=NOW)

    kept.refresh_from_db()
    lost.refresh_from_db()
    assert (counts.found, counts.detached) == (1, 1)
    assert kept.snapshot == article.current_snapshot
    assert article.current_snapshot.text[kept.start : kept.end] == kept.exact == QUOTE
    assert lost.detached_at == NOW
    assert lost.snapshot != article.current_snapshot


def test_a_detached_note_comes_back_when_its_words_do():
    article = make_article()
    note = make_annotation(snapshot=article.current_snapshot)
    for text, at in [("Gone.", NOW), (TEXT + "\nBack.", NOW + timedelta(days=1))]:
        article.current_snapshot = make_snapshot(article=article, text=text)
        article.save()
        reattach_annotations(article=article, at=at)

    note.refresh_from_db()
    assert note.detached_at is None
    assert note.exact == QUOTE


def test_the_longest_note_is_kept():
    assert len(annotate(words=Words(body="x" * LONGEST_NOTE)).body) == LONGEST_NOTE
