import pytest
from django.core.management import CommandError, call_command

from articles.management.commands import fetch_url
from tests.articles.importing.sites import answer, site


def test_the_command_prints_the_body(monkeypatch, capfdbinary):
    with site({"/a": answer(b"<p>page</p>")}) as shop:
        monkeypatch.setattr(fetch_url, "Gate", lambda **options: shop.gate())
        call_command("fetch_url", "http://example.org/a")

    assert capfdbinary.readouterr().out == b"<p>page</p>"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "http://[::1]:80/",
        "http://localhost/",
    ],
)
def test_the_command_refuses_with_a_sentence(url):
    with pytest.raises(CommandError) as refused:
        call_command("fetch_url", url)

    assert str(refused.value).endswith(".")
