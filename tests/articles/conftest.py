"""What the tests of imports share."""

import pytest

from tests.articles.site import Site


@pytest.fixture
def site():
    site = Site()
    yield site
    site.close()
