"""What was loaded is kept as it was: a raw file that changed on the disk is found before anything is built from it."""

from pathlib import Path

import pytest

from engine.errors import NotPublished
from engine.store import build
from engine.store.home import Home
from tests.store.killing import FIRST, company, net_sales


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return company(tmp_path)


def kept_sales(home: Home) -> Path:
    return next(path for path in home.raw.iterdir() if b"net_value" in path.read_bytes())


def test_one_flipped_bit_in_a_kept_file_stops_the_rebuild(home: Home) -> None:
    content = bytearray(kept_sales(home).read_bytes())
    content[-20] ^= 0x01
    kept_sales(home).write_bytes(bytes(content))
    with pytest.raises(NotPublished, match="damaged"):
        build.rebuild(home)
    assert net_sales(home) == FIRST


def test_a_kept_file_that_is_gone_stops_the_rebuild(home: Home) -> None:
    kept_sales(home).unlink()
    with pytest.raises(NotPublished, match="no longer in the home"):
        build.rebuild(home)
    assert net_sales(home) == FIRST
