"""Tags are words of ours: one word is one tag, renamed and merged everywhere at once."""

import pytest

from policytracker.tracking.actions.tags import (
    TagMerged,
    TagRefused,
    create_tag,
    final,
    merge_tags,
    rename_tag,
    tags_named,
)
from policytracker.tracking.models import FormerTagAddress, Tag
from tests.factories import NOW, make_annotation, make_tag, make_user

pytestmark = pytest.mark.django_db


def test_one_word_in_any_case_and_form_is_one_tag():
    user = make_user()

    first = create_tag(label="통일", by=user, at=NOW)
    second = create_tag(label=" 통일 ", by=user, at=NOW)

    assert first == second
    assert Tag.objects.count() == 1


def test_labels_become_tags_each_once():
    user = make_user()
    make_tag("human rights")

    tags = tags_named(["Human Rights", "report", "REPORT", " "], by=user, at=NOW, may_create=True)

    assert [tag.label for tag in tags] == ["human rights", "REPORT"]


def test_who_may_not_make_tags_is_told():
    with pytest.raises(TagRefused, match="no tag “report”"):
        tags_named(["report"], by=make_user(), at=NOW, may_create=False)

    assert not Tag.objects.exists()


def test_a_tag_merged_meanwhile_is_named_with_its_successor():
    user, old, new = make_user(), make_tag("old"), make_tag("new")
    merge_tags(tag=old, into=new, by=user, at=NOW)

    with pytest.raises(TagMerged, match="“old” was merged into “new”") as caught:
        tags_named(["old"], by=user, at=NOW, may_create=True)

    assert caught.value.into == new


def test_renaming_keeps_the_old_address():
    tag = make_tag("separated families")

    renamed = rename_tag(tag=tag, label="divided families", by=make_user(), at=NOW)

    assert renamed.slug == "divided-families"
    assert FormerTagAddress.objects.get(slug="separated-families").tag == tag


def test_renaming_back_takes_the_old_address_again():
    user = make_user()
    tag = rename_tag(tag=make_tag("one"), label="two", by=user, at=NOW)

    tag = rename_tag(tag=tag, label="one", by=user, at=NOW)

    assert tag.slug == "one"
    assert list(FormerTagAddress.objects.values_list("slug", flat=True)) == ["two"]


def test_renaming_to_a_taken_name_is_refused():
    make_tag("one")

    with pytest.raises(TagRefused, match="merge this one into it"):
        rename_tag(tag=make_tag("two"), label="ONE", by=make_user(), at=NOW)


def test_merging_moves_every_passage_once_and_redirects():
    user, old, new = make_user(), make_tag("old"), make_tag("new")
    one, both = make_annotation(), make_annotation()
    one.tags.set([old])
    both.tags.set([old, new])

    merge_tags(tag=old, into=new, by=user, at=NOW)

    assert list(one.tags.all()) == [new]
    assert list(both.tags.all()) == [new]
    assert FormerTagAddress.objects.get(slug="old").tag == new


def test_a_chain_of_mergers_leads_to_its_end():
    user, a, b, c = make_user(), make_tag("a"), make_tag("b"), make_tag("c")
    merge_tags(tag=a, into=b, by=user, at=NOW)

    merge_tags(tag=b, into=c, by=user, at=NOW)

    a.refresh_from_db()
    assert final(a) == c
    assert {former.tag for former in FormerTagAddress.objects.all()} == {c}


@pytest.mark.parametrize("label", ["", "   ", "x" * 61, "a\u202eb", "a\u0000b"])
def test_a_label_that_is_no_word_is_refused(label):
    with pytest.raises(TagRefused):
        create_tag(label=label, by=make_user(), at=NOW)


def test_a_tag_cannot_be_merged_into_itself():
    tag = make_tag("a")

    with pytest.raises(TagRefused, match="itself"):
        merge_tags(tag=tag, into=tag, by=make_user(), at=NOW)
