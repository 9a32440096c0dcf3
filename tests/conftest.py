"""What every test shares: the long campaigns run only when they are asked for (`make proof`)."""

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "proof" in config.option.markexpr or any("tests/proof" in argument.replace("\\", "/") for argument in config.args):
        return
    campaigns = [item for item in items if item.get_closest_marker("proof")]
    if campaigns:
        config.hook.pytest_deselected(items=campaigns)
        items[:] = [item for item in items if not item.get_closest_marker("proof")]
