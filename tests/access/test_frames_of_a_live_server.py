"""Over the raw connection of a running server, signed in through a provider: no frame, no download and no deep link gives away somebody else (SC-1, SC-3)."""

from dataclasses import replace

import pytest

from engine.store.home import Home
from pages.parts import rooms
from tests.access import canary
from tests.access.canary import Search, unpacked
from tests.access.crawl import unpacked_pictures
from tests.access.frames import Visitor, elements
from tests.door.conftest import Site, serve  # noqa: F401 - a fixture

PAGES = ("start", "dealer_desk", "dealer", "credit", "orders", "channel")
"""`make proof` opens all of them in every language."""
SAM = Search(canary.SCOPES["one region"])


@pytest.fixture(scope="module")
def company(canary_home: Home) -> Home:
    """What the server serves: a copy of the canaries."""
    return canary_home


@pytest.fixture(scope="module")
def site(serve) -> Site:  # noqa: F811
    site = serve()
    site.grant("anna", ("executive",))
    site.grant("sam", ("sales_manager",), regions=(canary.region(1),))
    return site


@pytest.fixture(scope="module")
def both(site):
    """An executive and a sales manager of region 1, each in a browser of their own."""
    with site.visitor("anna") as anna, site.visitor("sam") as sam:
        yield anna, sam


def searched(visitor: Visitor, address: str) -> list[str]:
    return SAM.found(unpacked_pictures(visitor.open(address).bytes))


@pytest.mark.parametrize("page", PAGES)
def test_a_manager_is_sent_nothing_of_others_while_an_executive_looks_at_the_same_page(both, page):
    anna, sam = both
    assert page == "start" or searched(anna, f"/{page}?language=en"), "the search finds them in what the executive is sent"
    for _ in range(2):
        assert searched(sam, f"/{page}?language=en") == []


@pytest.mark.parametrize(
    "address",
    [
        f"/dealer?dealer_id={canary.word('42')}D", f"/credit?region={canary.region(4)}", f"/item?location_id={canary.word('42')}L", "/cash", "/materials",
        f"/review?dealer_id={canary.word('21')}D&language=zh", f"/orders?dealer_id={canary.word('42')}D&region={canary.region(2)}",
    ],
)  # fmt: skip
def test_a_deep_link_to_what_is_not_ones_own_opens_nothing_and_is_noted(site, both, address):
    _, sam = both
    told = sam.open(address)
    named = {part for part in (canary.word("42"), canary.word("21"), canary.region(4), canary.region(2)) if part in address}
    echoed = [hit for hit in SAM.found(unpacked_pictures(told.bytes)) if hit not in named]
    assert echoed == []
    assert site.audited("refused")


def test_a_forged_value_of_a_filter_gives_nothing(both):
    """An option that is not in the list, sent as a browser never would."""
    _, sam = both
    sam.open("/credit?language=en")
    told = sam.open("/credit?language=en", widgets={"gr-region": [canary.region(4)], "gr-view-as": "anybody"})
    assert [hit for hit in SAM.found(unpacked_pictures(told.bytes)) if hit != canary.region(4)] == []


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_download_holds_own_rows_and_nobody_elses(both, form):
    anna, sam = both
    for visitor, is_own in ((anna, False), (sam, True)):
        frames = visitor.open("/credit?language=en")
        offered = [found.download_button for found in elements(frames) if found.WhichOneof("type") == "download_button"]
        button = next(found for found in offered if f"-{form}-" in found.id)
        given = visitor.fetch(visitor.address_of(button)).content
        found = SAM.found(unpacked(given) if form == "xlsx" else given)
        assert bool(found) is not is_own, found


def test_rooms_name_only_what_a_manager_may_open(both):
    _, sam = both
    closed = {
        page.title.text
        for page in rooms.pages()
        if not rooms.may_open(replace(canary.SCOPES["one region"], roles=frozenset({"sales_manager"}), hidden=frozenset({"cash"})), page)
    }
    links = {found.page_link.label for found in elements(sam.open("/dealer_desk?language=en")) if found.WhichOneof("type") == "page_link"}
    assert {"Cash", "Load"} <= closed
    assert links & closed == set()
