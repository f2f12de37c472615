"""What every test shares: no display needed, a real encrypted file, somebody signed in."""

import gc
import os
from functools import cache

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import HealthCheck, settings

from caseapp.domain.access import Role
from caseapp.services.desk import Services
from caseapp.services.session import SignedIn
from caseapp.system import hardening, keys
from tests import builders
from tests.town import a_town

hardening.keep_constants()
keys.hash_secret_raw = cache(keys.hash_secret_raw)
"""A password costs a third of a second by design; the same one with the same salt is paid once."""

settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("steady")


def pytest_collection_modifyitems(items):
    for item in items:
        if "qapp" in getattr(item, "fixturenames", ()):
            item.add_marker("gui")
        if item.get_closest_marker("long") and not os.environ.get("CASEAPP_LONG_TESTS"):
            item.add_marker(pytest.mark.skip(reason="the long set is switched on by CASEAPP_LONG_TESTS=1"))
    items.sort(key=lambda item: item.get_closest_marker("early") is None)


@pytest.fixture(scope="module", autouse=True)
def what_is_there_stays():
    """Spares the garbage collector, for each module, what was there when it began."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def made_database(tmp_path_factory):
    """An empty agency, made once and copied for each test, because making one costs a password."""
    return builders.make_agency(tmp_path_factory.mktemp("made") / "agency.caseapp")


@pytest.fixture
def database_file(made_database, tmp_path):
    """A fresh copy of the empty agency."""
    return builders.copy_database(made_database, tmp_path / "agency.caseapp")


@pytest.fixture
def signed_in(database_file) -> SignedIn:
    """The administrator's open file."""
    opened = builders.open_as_administrator(database_file)
    yield opened
    opened.close()


@pytest.fixture
def admin(signed_in) -> Services:
    """The administrator's services."""
    return builders.services_of(signed_in)


@pytest.fixture
def worker(signed_in) -> Services:
    """A social worker's services on the same file."""
    return builders.services_as(signed_in, Role.SOCIAL_WORKER)


@pytest.fixture
def town(worker):
    """Forty people, and three who stand twice."""
    return a_town(worker)
