"""What people tell the machine at the desk, it heeds: a new name reads old articles again, a rejection is remembered."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from policytracker.tracking.actions.rereading import READ_FOR_NAMES, read_for_name
from policytracker.tracking.actions.suggesting import suggest
from policytracker.tracking.models import Mention
from tests.factories import NOW, make_alias, make_article, make_government, make_initiative, make_ministry

pytestmark = pytest.mark.django_db

TEXT = "Seoul spoke of its bold-initiative again."


@pytest.fixture
def initiative():
    make_government(country="KR")
    return make_initiative(slug="audacious-initiative", name="Audacious Initiative", recorded_at=None)


def read_in_the_background():
    """What the worker does with the jobs that wait."""
    for job in ProcrastinateJob.objects.filter(task_name=READ_FOR_NAMES).values_list("args", flat=True):
        read_for_name(**job, at=NOW)


def test_an_alias_typed_at_the_desk_is_found_in_an_old_article(editor, initiative):
    article = make_article(text=TEXT)
    suggest(article=article, at=NOW)
    fields = {"name": "Audacious Initiative", "aliases": "bold initiative", "lead_ministry": ""}

    answer = editor.post(f"/desk/initiatives/{initiative.slug}/edit/", fields)
    read_in_the_background()

    assert answer.status_code == 302
    page = editor.get(f"/desk/articles/{article.pk}/").content.decode()
    assert Mention.objects.proposed().get().surface == "bold-initiative"
    assert "Audacious Initiative" in page


def test_a_rejected_mention_is_not_offered_again(analyst, initiative):
    make_alias("bold initiative", initiative=initiative)
    article = make_article(text=TEXT)
    suggest(article=article, at=NOW)
    mention = Mention.objects.get()

    analyst.post(f"/desk/articles/{article.pk}/mentions/", {"decision": f"reject:{mention.pk}"})
    suggest(article=article, at=NOW)

    page = analyst.get(f"/desk/articles/{article.pk}/").content.decode()
    assert not Mention.objects.proposed().exists()
    assert f"confirm:{mention.pk}" not in page


def test_a_name_rejected_in_three_articles_is_listed_and_removed(editor):
    ministry = make_ministry(name="Bureau of Rivers")
    alias = make_alias("the Bureau", ministry=ministry)
    for _ in range(3):
        article = make_article(text="The Bureau said nothing.")
        suggest(article=article, at=NOW)
        mention = Mention.objects.get(article=article)
        editor.post(f"/desk/articles/{article.pk}/mentions/", {"decision": f"reject:{mention.pk}"})

    page = editor.get("/desk/names/doubtful/").content.decode()
    editor.post(f"/desk/names/{alias.pk}/remove/")
    last = make_article(text="The Bureau said nothing.")
    suggest(article=last, at=NOW)

    assert "the Bureau" in page
    assert "rejected 3 times" in page
    assert not Mention.objects.filter(article=last).exists()
