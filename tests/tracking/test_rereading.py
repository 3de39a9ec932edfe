"""Texts are read in the background: new ones, old ones for a new name, and those that were missed."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.signals import texts_stored
from policytracker.tracking import tasks
from policytracker.tracking.actions.rereading import (
    READ_FOR_NAMES,
    READ_TEXTS,
    holding,
    read_for_name,
    read_what_is_unread,
)
from policytracker.tracking.models import MachineReading, Mention
from tests.factories import NOW, make_alias, make_article, make_initiative, make_ministry, make_official

pytestmark = pytest.mark.django_db


def waiting(task):
    return list(ProcrastinateJob.objects.filter(task_name=task).order_by("id").values_list("args", flat=True))


def test_a_stored_text_is_queued_for_reading():
    texts_stored.send(sender=None, article_ids=[1, 2], at=NOW)

    assert waiting(READ_TEXTS) == [{"article_ids": [1, 2]}]


def test_the_job_reads_its_articles(monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)  # the test's transaction lives on the connection
    article = make_article()

    tasks.read_texts(article_ids=[article.pk])

    assert MachineReading.objects.filter(snapshot=article.current_snapshot).exists()


def test_a_new_alias_has_old_articles_read_again():
    initiative = make_initiative()
    article = make_article(text="Seoul spoke of its bold-initiative again.")
    read_what_is_unread(at=NOW)

    make_alias("bold initiative", initiative=initiative)

    job = waiting(READ_FOR_NAMES)[-1]
    assert job == {"name": "bold initiative", "kind": "initiative", "after": 0}
    read_for_name(**job, at=NOW)
    assert Mention.objects.get(article=article).initiative == initiative


def test_a_new_subject_has_old_articles_read_again():
    make_official(name="Kwon Young-se", name_ko="권영세")

    assert {job["name"] for job in waiting(READ_FOR_NAMES)} == {"Kwon Young-se", "권영세"}


def test_the_same_alias_waits_once():
    ministry = make_ministry()

    for _ in range(2):
        make_alias("the Bureau", ministry=ministry).delete()

    assert [job["name"] for job in waiting(READ_FOR_NAMES)].count("the Bureau") == 1


@pytest.mark.parametrize(
    ("name", "kind", "text"),
    [
        ("통일부", "ministry", "어제 통일부는 보고서를 냈다."),
        ("담대한 구상", "initiative", "정부의 담대한 구상을 설명했다."),
        ("Ministry of Unification", "ministry", "The unification ministry spoke."),
        ("Yoon’s offer", "initiative", "North Korea balked at Yoon's offer."),
    ],
)
def test_articles_that_hold_a_name_are_found_in_its_spellings(name, kind, text):
    article = make_article(text=text)
    make_article(text="Nothing of that kind. 다른 이야기.")

    assert list(holding(name, kind)) == [article]


def test_what_nobody_queued_is_read_the_newest_first():
    old = make_article(published_on="2022-01-01")
    new = make_article(published_on="2023-01-01")

    assert read_what_is_unread(at=NOW, most=1) == 1

    assert MachineReading.objects.filter(snapshot=new.current_snapshot).exists()
    assert not MachineReading.objects.filter(snapshot=old.current_snapshot).exists()
    assert read_what_is_unread(at=NOW) == 1
    assert read_what_is_unread(at=NOW) == 0
