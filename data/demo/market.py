"""The market around the company: segments, competitors, the assortment's tree, launches, money and hours for promotion."""

from datetime import date, timedelta

import numpy as np
import polars as pl

from data.demo.company import ALWAYS, SPHERE_CODES, previous_gate
from data.demo.days import dice, month_start
from data.demo.goods import GIFT_SPHERE, Books, spheres_of
from data.demo.lines import BRAND, LINES
from data.demo.places import REGIONS

COMPETITORS = ("蜀源酒业", "汾河老窖", "江南春酒业", "醉仙楼酒业", "瑞云庄园", "五谷丰登")
BY_SPHERE = {"白酒": (0, 1, 3, 5), "果露酒": (2, 3, 5), "葡萄酒": (4, 2), "礼盒定制": (0, 3, 5)}
BANDS = ("低档", "中档", "中高档", "高档")
PORTRAITS = {
    "浓香型": ("三十五至五十五岁商务与家宴男性", "有面子、口感稳定", "宴席与节日送礼"),
    "酱香型": ("四十岁以上企业主与公务人士", "品质与收藏价值", "商务宴请"),
    "清香型": ("三十至五十岁城镇家庭", "干净不上头", "家庭聚餐"),
    "光瓶酒": ("二十五至四十五岁务工与小聚人群", "实惠够劲", "日常自饮"),
    "果酒": ("二十至三十五岁女性", "低度好喝、颜值高", "闺蜜小聚"),
    "露酒": ("四十五岁以上注重养生人群", "温补健康", "自饮与孝敬长辈"),
    "预调酒": ("十八至二十八岁学生与白领", "新奇口味、方便", "夜宵与音乐节"),
    "国产葡萄酒": ("三十至四十五岁城市中产", "佐餐百搭", "家宴与婚宴"),
    "进口葡萄酒": ("二十八至四十岁都市白领", "性价比与产地故事", "聚会与礼赠"),
    "节庆礼盒": ("企业采购与走亲访友家庭", "体面包装", "春节与中秋送礼"),
    "企业定制": ("企业行政与婚庆客户", "专属标识、交期可靠", "年会、庆典与婚礼"),
}


def groups() -> list[str]:
    return list(dict.fromkeys(line.group for line in LINES))


def segments(books: Books) -> pl.DataFrame:
    draw = dice(books.seed, "segments")
    rows = [(group, *PORTRAITS[group], round(float(draw.normal(0.04, 0.07)), 3)) for group in groups()]
    return pl.DataFrame(rows, schema=["segment", "consumer_portrait", "needs", "use", "growth"], orient="row")


def market(books: Books, sales: pl.DataFrame) -> pl.DataFrame:
    """Size of each segment by player and year for the country; by city and price band for the last full year.

    Our own value for the country is our net sales of the year; the running year stands for its last twelve months.
    """
    draw, clock = dice(books.seed, "market"), books.clock
    group_of = {article.sku: article.of.group for article in books.articles}
    worth = sales.select("shipped_on", "net_value", group=pl.col("sku").replace_strict(group_of))
    rows: list[tuple[str, int, str, str | None, str | None, float, str]] = []
    for group in groups():
        sphere = next(line.sphere for line in LINES if line.group == group)
        rivals = [COMPETITORS[index] for index in BY_SPHERE[sphere]]
        share = float(draw.uniform(0.04, 0.22))
        weight = draw.dirichlet(np.full(len(rivals) + 1, 3.0))
        growth = float(draw.normal(1.05, 0.06))
        base = 0.0
        for year in range(clock.first.year + 1, clock.as_of.year + 1):
            running = year == clock.as_of.year
            start = month_start(clock.as_of, -11) if running else date(year, 1, 1)
            end = clock.as_of if running else date(year, 12, 31)
            ours = round(float(worth.filter(pl.col("group") == group, pl.col("shipped_on").is_between(start, end))["net_value"].sum()), 2)
            base = base * growth if base else ours / share
            rest = max(base - ours, ours)
            source = "行业协会年报" if not running else "内部估算（近十二个月）"
            rows.append((group, year, BRAND, None, None, ours, "财务账"))
            rows += [(group, year, rival, None, None, round(rest * float(part), 2), source) for rival, part in zip([*rivals, "其他"], weight, strict=True)]
    rows += _cities(books, draw)
    names = ["segment", "year", "player", "city", "price_band", "value", "source"]
    return pl.DataFrame(rows, schema=names, orient="row", schema_overrides={"city": pl.String, "price_band": pl.String})


def _cities(books: Books, draw: np.random.Generator) -> list[tuple[str, int, str, str | None, str | None, float, str]]:
    """Spirits by city and price band: what a dealer strategy by city starts from."""
    rows: list[tuple[str, int, str, str | None, str | None, float, str]] = []
    year = books.clock.as_of.year - 1
    for _, cities in REGIONS.values():
        for city, tier in cities:
            size = {1: 9.0, 2: 4.0, 3: 1.6, 4: 0.7}[tier] * 1e7 * float(draw.uniform(0.7, 1.4))
            for band, part in zip(BANDS, (0.34, 0.36, 0.2, 0.1), strict=True):
                ours = float(np.clip(draw.normal(0.10 if band != "高档" else 0.05, 0.07), 0.005, 0.45))
                theirs = draw.dirichlet(np.full(5, 2.5)) * (1 - ours)
                players = [(BRAND, ours), *((COMPETITORS[index], float(theirs[place])) for place, index in enumerate((0, 1, 3, 5))), ("其他", float(theirs[4]))]
                rows += [("白酒合计", year, player, city, band, round(size * part * each, 2), "终端抽样调查") for player, each in players]
    return rows


def competitor_prices(books: Books) -> pl.DataFrame:
    """Each quarter, base price and price at the largest discount of the competitors' similar lines; some articles besides."""
    draw, clock = dice(books.seed, "competitors"), books.clock
    rows: list[tuple[date, str, str | None, str | None, float, float | None, str | None]] = []
    gap = draw.normal(1.0, 0.13, (len(LINES), len(COMPETITORS)))
    notes = ("包装相近", "口感偏甜", "渠道促销力度大", "赠品多", "度数更低", None, None, None)
    for step in range(1, len(clock.months), 3):
        day = clock.months[step] + timedelta(days=14)
        for index, line in enumerate(LINES):
            if not line.share:
                continue
            for rival in BY_SPHERE[line.sphere][:3]:
                base = line.price * gap[index, rival] * 1.018 ** (step / 12) * draw.normal(1, 0.015)
                rows.append(
                    (day, COMPETITORS[rival], line.line_id, None, round(base, 1), round(base * draw.uniform(0.78, 0.95), 1), notes[int(draw.integers(0, 8))])
                )
        for article in books.articles[:12:3]:
            base = article.price * draw.normal(1.02, 0.05)
            rows.append((day, COMPETITORS[0], None, article.sku, round(base, 1), None, None))
    names = ["observed_on", "competitor", "line_id", "sku", "base_price", "best_discount_price", "note"]
    return pl.DataFrame(rows, schema=names, orient="row", schema_overrides={"line_id": pl.String, "sku": pl.String, "note": pl.String})


def product_tree(books: Books) -> pl.DataFrame:
    """Versions of the assortment: the plan of each year, launches and withdrawals at their gates; a few articles in two spheres."""
    clock = books.clock
    both = spheres_of(books)
    rows: list[tuple[str, str, date, str, str, str, str]] = []
    for index, article in enumerate(books.articles):
        line = article.of
        launched = article.launched_on > ALWAYS
        first = article.catalogue_on if launched and article.catalogue_on else clock.first
        direction = "成长方向" if line.kind in ("star", "question") else "基础方向"
        rows.append((article.sku, line.sphere, first, line.group, line.line_id, direction, "launch" if launched else "plan"))
        if both[index]:
            rows.append((article.sku, GIFT_SPHERE, first, "企业定制", line.line_id, direction, "plan"))
        for year in range(first.year + 1, clock.as_of.year + 1):
            if article.withdrawn_on is None or article.withdrawn_on > date(year, 1, 1):
                rows.append((article.sku, line.sphere, date(year, 1, 1), line.group, line.line_id, direction, "plan"))
        if article.withdrawn_on is not None and article.withdrawn_on > first:
            rows.append((article.sku, line.sphere, article.withdrawn_on, line.group, line.line_id, direction, "withdrawal"))
    names = ["sku", "sphere", "valid_from", "product_group", "line_id", "direction", "reason"]
    return pl.DataFrame(rows, schema=names, orient="row").sort("sku", "sphere", "valid_from")


def projects(books: Books) -> pl.DataFrame:
    """Launches of the last years and candidates for the next gate; one of them with too few articles."""
    clock, scale = books.clock, books.story.net_sales
    rows: list[tuple[str, str, str, float, float, int, date, date | None, str]] = []
    for line in LINES:
        if line.launched:
            gate = previous_gate(month_start(clock.as_of, 1 - line.launched), (3, 9))
            count = sum(article.of is line and article.state == "live" for article in books.articles)
            rows.append(
                (
                    f"XM{len(rows) + 1:03d}",
                    line.line_id,
                    "own",
                    round(scale * line.share * 0.22, 2),
                    line.margin,
                    count,
                    gate,
                    gate - timedelta(days=24),
                    "launched",
                )
            )
    ahead = previous_gate(clock.as_of + timedelta(days=182), (3, 9))
    coming = (("L33", "own", 0.004, 0.42, 4), ("L34", "third_party", 0.0025, 0.27, 3), ("L35", "to_order", 0.0012, 0.35, 2))
    rows += [
        (f"XM{len(rows) + place + 1:03d}", line_id, sourcing, round(scale * cost, 2), margin, many, ahead, None, "proposed")
        for place, (line_id, sourcing, cost, margin, many) in enumerate(coming)
    ]
    names = ["project_id", "line_id", "sourcing", "investment", "expected_margin_share", "planned_skus", "launch_on", "approved_on", "status"]
    return pl.DataFrame(rows, schema=names, orient="row", schema_overrides={"approved_on": pl.Date})


def marketing_budget(books: Books) -> pl.DataFrame:
    """Budget, other spending and hours of marketing by sphere and month, to the end of the coming year."""
    draw, clock = dice(books.seed, "marketing"), books.clock
    rows: list[tuple[date, str, float, float | None, float | None, float | None, float | None]] = []
    for step in range(len(clock.months) + 14):
        month = clock.month(step)
        for sphere in SPHERE_CODES:
            share = sum(line.share for line in LINES if line.sphere == sphere)
            wave = 1.5 if month.month in (1, 8, 9, 12) else 0.85
            budget = round(books.story.net_sales * share * 0.025 / 12 * wave, 2)
            if step < len(clock.months):
                spent, a, new, other = (
                    round(budget * draw.uniform(0.1, 0.3), 2),
                    float(draw.integers(90, 140)),
                    float(draw.integers(15, 45)),
                    float(draw.integers(5, 40)),
                )
                rows.append((month, sphere, budget, spent, a, new, other))
            else:
                rows.append((month, sphere, budget, None, None, None, None))
    names = ["month", "sphere", "budget", "other_spend", "hours_a", "hours_new", "hours_other"]
    schema = dict.fromkeys(names[3:], pl.Float64)
    return pl.DataFrame(rows, schema=names, orient="row", schema_overrides=schema)
