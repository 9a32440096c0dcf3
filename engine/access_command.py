"""`python -m engine access`: who may see what. Whoever can run commands here owns the machine, so they may keep the list as well:
that is how the first administrator comes in."""

import argparse
from collections.abc import Iterable
from typing import Any

from engine.printing import printed
from engine.roles import FACETS, ROLES

LINE = ("subject", "name", "roles", "regions", "dealers", "may_come_in")


def add_options(asked: argparse.ArgumentParser) -> None:
    """What can be asked, and what can be kept."""
    asks = asked.add_mutually_exclusive_group()
    asks.add_argument("--roles", action="store_true", help="the table of roles: rows, what is hidden, acts")
    asks.add_argument("--who-sees", metavar="DEALER", help="everybody on the list who sees a dealer, and what of it they do not")
    asks.add_argument("--grant", metavar="SUBJECT", help="put a person (“ISSUER SUBJECT”) or a group (“group:NAME”) on the list")
    asks.add_argument("--disable", metavar="SUBJECT", help="let somebody in no longer")
    asked.add_argument("--name", default="", help="with --grant: the name")
    asked.add_argument("--role", action="append", default=[], metavar="ROLE", help="with --grant: a role; may be repeated")
    asked.add_argument("--region", action="append", metavar="REGION", help="with --grant: an own region; may be repeated")
    asked.add_argument("--dealer", action="append", metavar="DEALER", help="with --grant: an own dealer; may be repeated")


def run(asked: argparse.Namespace) -> int:
    """Print what was asked; without any question the list. Raises BadUse, NotKept."""
    from engine.answers import access  # only who asks pays for the store and the catalogues
    from engine.language import say
    from engine.scope import EVERYTHING
    from engine.store.home import own_home

    home = own_home(asked.home)
    if asked.roles:
        rows = [(name, role.rows, ", ".join(sorted(role.hidden)), ", ".join(sorted(role.acts)), say(role.title, "en")) for name, role in ROLES.items()]
        print(printed(("role", "rows", "hidden", "acts", "title"), rows, asked.format))
        if asked.format == "text":
            print(printed(("hidden", "means"), [(name, say(said, "en")) for name, said in FACETS.items()], asked.format))
    elif asked.who_sees:
        seers = access.who_can_see(home, asked.who_sees)
        print(printed((*LINE, "not_shown"), [(*_told(seer.line), ", ".join(sorted(seer.hidden))) for seer in seers], asked.format))
    else:
        if asked.grant:
            access.grant(home, EVERYTHING, asked.grant, asked.name, asked.role, asked.region, asked.dealer)
        elif asked.disable:
            access.disable(home, EVERYTHING, asked.disable)
        print(printed(LINE, [_told(line) for line in access.lines(home)], asked.format))
    return 0


def _told(line: Any) -> tuple[str, str, str, str, str, str]:
    return line.subject, line.name, ", ".join(line.roles), _listed(line.regions), _listed(line.dealers), "no" if line.is_disabled else "yes"


def _listed(values: Iterable[str] | None) -> str:
    return "" if values is None else ", ".join(sorted(values)) or "none"
