"""The record of what was planted in a seed: only tests read it, never whoever has to find it."""

from dataclasses import asdict

import numpy as np

from data.demo.goods import Books
from data.demo.materials import Bill
from data.demo.supply import Store


def record(books: Books, store: Store, parts: Bill, found: dict[str, object]) -> dict[str, object]:
    """Sums in CNY at cost on the last day, the items behind them, and the names of the planted parties."""
    buyers, relics = books.buyers, books.relics
    articles = books.articles

    def skus(which: dict[int, int]) -> list[dict[str, object]]:
        return [
            {"sku": articles[index].sku, "qty": qty, "unit_cost": float(books.prices.unit_cost[index]), "cause": articles[index].cause}
            for index, qty in which.items()
        ]

    received = [articles[index].received_on for index in relics.unsold]
    ages = np.array([(books.clock.as_of - day).days for day in received if day is not None])
    sold = np.array([articles[index].last_sold_on is not None for index in relics.unsold])
    return {
        "seed": books.seed,
        "as_of": books.clock.as_of.isoformat(),
        "net_sales_of_last_year": {"aim": books.story.net_sales},
        "dead_stock": {
            "damaged_materials": {"value": books.story.damaged, "items": [parts.id[index] for index in store.damaged]},
            "materials_that_make_no_set": {"value": books.story.no_set, "items": [parts.id[index] for index in store.no_set]},
            "unsold_products": {
                "value": books.story.unsold,
                "count": books.story.unsold_count,
                "items": skus(relics.unsold),
                "over_3_years": int((~sold).sum()),
                "over_10_years": int((ages > 3653).sum()),
            },
            "withdrawn_products": {"value": books.story.withdrawn, "count": books.story.withdrawn_count, "items": skus(relics.withdrawn)},
        },
        "inflating_area": {"area": buyers.inflating, "reported_to_ordered": books.story.inflation},
        "stuffed_dealer": {"dealer_id": str(buyers.id[buyers.stuffed])},
        "dealers_that_change_plans": [str(buyers.id[index]) for index in buyers.fickle],
        "dealers_without_consent": [str(name) for name in buyers.id[(~buyers.consents) & (buyers.status != "candidate")]],
        "dealers_reporting_late": {str(buyers.id[index]): int(buyers.late_months[index]) for index in np.flatnonzero(buyers.late_months)},
        "overbought_materials": [parts.id[index] for index in store.overbought],
        "lines": {
            kind: [line.line_id for line in dict.fromkeys(article.of for article in articles) if line.kind == kind]
            for kind in ("star", "cow", "question", "dog", "loser", "rare")
        },
        "scenario": asdict(books.story),
        **found,
    }
