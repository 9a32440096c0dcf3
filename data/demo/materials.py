"""What the goods are made of: materials, recipes, suppliers."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from data.demo.company import Article
from data.demo.days import dice
from data.demo.lines import LINES
from data.demo.prices import Prices

SUPPLIERS = {
    "spirit": ("邛崃原酒合作社", "赤水河基酒厂", "汾水清香酒业"),
    "wine": ("贺兰山葡萄酒庄", "烟台原酒公司"),
    "bottle": ("隆昌玻璃制品厂", "郓城瓶业", "淄博晶质玻璃"),
    "cap": ("遂宁瓶盖厂", "烟台密封件公司"),
    "label": ("成都彩印厂", "深圳烫金标签"),
    "box": ("温州包装彩盒", "东莞礼品包装", "宜宾纸业包装"),
    "carton": ("自贡纸箱厂",),
    "import": ("智利安第斯酒业代理", "法国酒庄联合代理"),
}
UNITS = {"spirit": "升", "wine": "升", "bottle": "个", "cap": "个", "label": "枚", "box": "个", "carton": "个"}
LEAD_DAYS = {"spirit": 30, "wine": 45, "bottle": 21, "cap": 14, "label": 10, "box": 18, "carton": 7}
BOXED = ("spirit", "herbal", "gift")
SHARE = {"bottle": 0.11, "label": 0.02, "box": 0.13}
CAPS = {"spirit": 1.2, "plain": 0.25, "fruit": 0.6, "herbal": 0.9, "canned": 0.12, "wine": 0.7, "gift": 1.8}
CARTONS = {2: 6.5, 4: 5.2, 6: 4.4, 12: 5.0, 24: 4.8}


@dataclass(frozen=True)
class Bill:
    """Materials and how much of each an article takes. `special`: articles with a bottle and a box of their own.

    per: pieces of material in one article, articles × materials (0: not used).
    """

    id: list[str]
    name: list[str]
    kind: list[str]
    cost: np.ndarray
    supplier: list[str]
    per: np.ndarray
    special: list[int]
    key: dict[tuple[str, object], int]

    def users(self, material: int) -> np.ndarray:
        return np.flatnonzero(self.per[:, material])


def bill(seed: int, articles: list[Article], prices: Prices) -> Bill:
    """Recipes of a seed: liquor by line, bottle by line and size, cap by style, label by article, box, carton by size."""
    draw = dice(seed, "materials")
    stale = [index for index, article in enumerate(articles) if article.state == "unsold" and article.withdrawn_on is None]
    special = [index for index, article in enumerate(articles) if article.state == "withdrawn"] + stale[::3][:8]
    key: dict[tuple[str, object], int] = {}
    name: list[str] = []
    kind: list[str] = []
    cost: list[float] = []
    uses: list[tuple[int, int, float]] = []

    def need(article: int, what: str, which: object, label: str, price: float, per: float) -> float:
        """Note that the article takes so much; the first user settles the material's price. Returns its cost in the article."""
        if (what, which) not in key:
            key[what, which] = len(name)
            name.append(label)
            kind.append(what)
            cost.append(round(max(price, 0.03), 2))
        uses.append((article, key[what, which], per))
        return cost[key[what, which]] * per

    for index, article in enumerate(articles):
        if article.bought:
            continue
        line, size, total = article.of, article.variant, float(prices.unit_cost[index])
        bottles = size.litres / 0.5 if line.style == "gift" else 1.0
        own = index in special
        shape = index if own else (line.line_id, 0.5 if line.style == "gift" else size.litres)
        title = article.name[2:] if own else f"{line.name}{'' if line.style == 'gift' else f'{size.litres:g}升'}"
        spent = need(index, "bottle", shape, f"{title}{'易拉罐' if line.style == 'canned' else '酒瓶'}", SHARE["bottle"] * total / bottles, bottles)
        spent += need(index, "cap", line.style, f"{title[:2]}型通用瓶盖", CAPS[line.style], bottles)
        spent += need(index, "label", index, f"{article.name[2:]}标签", SHARE["label"] * total / bottles, bottles)
        if line.style in BOXED:
            boxed = index if own or line.style == "gift" else (line.line_id, size.litres)
            spent += need(index, "box", boxed, f"{title if boxed != index else article.name[2:]}彩盒", SHARE["box"] * total, 1.0)
        spent += need(index, "carton", size.pack, f"{size.pack}支装通用纸箱", CARTONS[size.pack], round(1 / size.pack, 4))
        liquor = "wine" if line.style == "wine" else "spirit"
        need(index, liquor, line.line_id, f"{line.group}{line.name}{'原酒' if liquor == 'wine' else '基酒'}", (0.78 * total - spent) / size.litres, size.litres)
    per = np.zeros((len(articles), len(name)))
    for index, material, amount in uses:
        per[index, material] = amount
    chosen = [str(draw.choice(SUPPLIERS[what])) for what in kind]
    unique = [
        label if name.count(label) == 1 else f"{label}（{LINES[articles[np.flatnonzero(per[:, place])[0]].line].group}）" for place, label in enumerate(name)
    ]
    ids = [f"YL{place + 1:04d}" for place in range(len(name))]
    return Bill(ids, unique, kind, np.array(cost), chosen, per, special, key)


def _withdrawn_on(articles: list[Article], parts: Bill, material: int) -> date | None:
    """A material is no longer bought once the last of the articles made of it is withdrawn."""
    days = [articles[index].withdrawn_on for index in parts.users(material)]
    return max(day for day in days if day) if days and all(days) else None


def tables(articles: list[Article], parts: Bill) -> dict[str, pl.DataFrame]:
    """materials and recipes."""
    article, material = np.nonzero(parts.per)
    return {
        "materials": pl.DataFrame(
            {
                "material_id": parts.id,
                "material_name": parts.name,
                "unit_cost": parts.cost,
                "unit": [UNITS[what] for what in parts.kind],
                "supplier": parts.supplier,
                "lead_time_days": [LEAD_DAYS[what] for what in parts.kind],
                "withdrawn_on": pl.Series([_withdrawn_on(articles, parts, place) for place in range(len(parts.id))], dtype=pl.Date),
            }
        ),
        "recipes": pl.DataFrame(
            {
                "sku": [articles[index].sku for index in article],
                "material_id": [parts.id[index] for index in material],
                "qty_per": parts.per[article, material],
            }
        ),
    }
