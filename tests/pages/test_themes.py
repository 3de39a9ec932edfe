"""Readers choose a theme; nothing is remembered before they do."""

from django.test import Client


def test_choosing_a_theme_remembers_it_and_goes_back(client: Client):
    response = client.post("/theme/", {"theme": "dark", "next": "/initiatives/?q=a"})

    assert (response.status_code, response["Location"]) == (302, "/initiatives/?q=a")
    assert response.cookies["theme"].value == "dark"


def test_matching_the_device_forgets_the_choice(client: Client):
    client.cookies["theme"] = "dark"

    response = client.post("/theme/", {"theme": "", "next": "/"})

    assert response.cookies["theme"]["max-age"] == 0


def test_a_theme_form_does_not_lead_to_another_site(client: Client):
    response = client.post("/theme/", {"theme": "dark", "next": "https://evil.example/"})

    assert response["Location"] == "/"


def test_an_unknown_theme_is_not_stored(client: Client):
    response = client.post("/theme/", {"theme": '"><script>'})

    assert response.cookies["theme"].value == ""


def test_a_theme_is_not_set_by_following_a_link(client: Client):
    assert client.get("/theme/").status_code == 405
