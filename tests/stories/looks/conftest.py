"""One running site and one browser for everything that is looked at and measured."""

import pytest

from tests.stories.looks.site import running


@pytest.fixture(scope="session")
def looked_at(tmp_path_factory):
    """The site with every state a page can have."""
    with running(tmp_path_factory.mktemp("looks")) as site:
        yield site
