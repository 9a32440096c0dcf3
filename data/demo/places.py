"""Who buys and where goods lie: dealers, sales people, branches, locations."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from data.demo.days import Clock, dice

REGIONS = {
    "西南": ("P01", (("成都", 2), ("重庆", 2), ("昆明", 2), ("贵阳", 3), ("绵阳", 4), ("泸州", 4), ("宜宾", 4), ("遵义", 4))),
    "华南": ("B01", (("广州", 1), ("深圳", 1), ("佛山", 2), ("东莞", 2), ("南宁", 3), ("海口", 3), ("湛江", 4))),
    "华中": ("B02", (("武汉", 2), ("长沙", 2), ("郑州", 2), ("南昌", 3), ("洛阳", 3), ("襄阳", 4), ("衡阳", 4))),
    "华东": ("B03", (("上海", 1), ("合肥", 2), ("济南", 2), ("青岛", 2), ("临沂", 3), ("福州", 2), ("阜阳", 4))),
    "苏浙": ("B03", (("南京", 2), ("苏州", 2), ("杭州", 2), ("宁波", 2), ("温州", 3), ("徐州", 3), ("盐城", 4))),
    "华北": ("B04", (("北京", 1), ("天津", 2), ("石家庄", 3), ("太原", 3), ("唐山", 3), ("保定", 4), ("呼和浩特", 3))),
    "东北": ("B04", (("沈阳", 2), ("大连", 2), ("哈尔滨", 3), ("长春", 3), ("大庆", 4), ("鞍山", 4))),
    "西北": ("B05", (("西安", 2), ("兰州", 3), ("乌鲁木齐", 3), ("银川", 3), ("西宁", 4), ("宝鸡", 4))),
}
PLANT, STORE = "P01", "M01"
OWN = ("P01", "B01", "B02", "B03", "B04", "B05")
OWN_NAMES = {
    "P01": ("宜宾总厂成品库", "plant", "西南"),
    "M01": ("宜宾总厂原辅料库", "plant", "西南"),
    "B01": ("广州分公司仓", "branch", "华南"),
    "B02": ("武汉分公司仓", "branch", "华中"),
    "B03": ("上海分公司仓", "branch", "华东"),
    "B04": ("北京分公司仓", "branch", "华北"),
    "B05": ("西安分公司仓", "branch", "西北"),
}
CHANNELS = ("流通", "餐饮", "商超", "团购", "电商")
UNITS = {
    "西南": "西部事业部",
    "西北": "西部事业部",
    "华南": "南部事业部",
    "华中": "南部事业部",
    "华东": "东部事业部",
    "苏浙": "东部事业部",
    "华北": "北部事业部",
    "东北": "北部事业部",
}
WORDS = """
恒丰 万隆 鑫源 同庆 广汇 瑞祥 百川 金樽 福满 盛世 宏达 永泰 聚贤 天润 祥和
大德 泰和 华茂 裕丰 顺昌 九州 长乐 元亨 利民 明珠 东方 兴隆 安康 鼎盛 宝丰
凯旋 三江 五湖 嘉禾 金穗 众诚 信达 德润 和兴 康源 富民 佳美 通达 汇丰源 润泽
中和 同德 久盛 丰泽 隆昌 锦绣 春晖 文华 昌盛 庆余 仁和 金辉 玉泉 醇香 古道
""".split()  # noqa: SIM905
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
GIVEN = """
伟 芳 娜 敏 静 强 磊 军 洋 勇 艳 杰 娟 涛 明
超 霞 平 刚 桂英 建国 志强 秀兰 海燕 晓东 文博 雅琴 子豪 立新 春梅
""".split()  # noqa: SIM905
CANDIDATES, ENDED = 5, 4


@dataclass(frozen=True)
class Dealers:
    """Sixty dealers as arrays of equal length; days are indices of the clock, shares are of the company's volume."""

    id: np.ndarray
    name: list[str]
    region: np.ndarray
    city: np.ndarray
    tier: np.ndarray
    channel: np.ndarray
    rep: np.ndarray
    size: np.ndarray
    growth: np.ndarray
    started: np.ndarray
    ended: np.ndarray
    status: np.ndarray
    consents: np.ndarray
    late_months: np.ndarray
    interval: np.ndarray
    lead: np.ndarray
    safety: np.ndarray
    weekday: np.ndarray
    discount: np.ndarray
    credit_days: np.ndarray
    location: np.ndarray
    diverter: int
    victim: int
    stuffed: int
    fickle: tuple[int, ...]
    inflating: str

    def __len__(self) -> int:
        return len(self.id)

    @property
    def buying(self) -> np.ndarray:
        return self.status != "candidate"


def person(draw: np.random.Generator) -> str:
    return str(draw.choice(list(SURNAMES))) + str(draw.choice(GIVEN))


def people(draw: np.random.Generator, count: int) -> list[str]:
    """So many different names."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[person(draw)] = None
    return list(found)


def dealers(seed: int, clock: Clock, count: int = 60) -> Dealers:
    """The dealers of a seed, the planted ones chosen among them."""
    draw = dice(seed, "dealers")
    spots = [(region, city, tier) for region, (_, cities) in REGIONS.items() for city, tier in cities]
    firsts = [place for place, spot in enumerate(spots) if spot[2] <= 2]
    places = list(range(len(spots))) + list(draw.choice(firsts, max(0, count - len(spots)), replace=False))
    places = [places[index] for index in draw.permutation(len(places))[:count]]
    region, city, tier = (np.array([spots[place][part] for place in places]) for part in range(3))
    status = np.full(count, "active", dtype="<U9")
    status[-CANDIDATES:] = "candidate"
    status[-CANDIDATES - ENDED : -CANDIDATES] = "ended"
    started = np.full(count, -1) - draw.integers(200, 4000, count)
    started[5:13] = draw.integers(60, clock.length - 300, 8)
    ended = np.full(count, 10**6)
    ended[-CANDIDATES - ENDED : -CANDIDATES] = draw.integers(300, clock.length - 300, ENDED)
    size = draw.lognormal(0, 0.45, count) * np.array([2.1, 1.5, 1.0, 0.65])[tier - 1]
    big = [index for index in np.argsort(-size) if status[index] == "active" and started[index] < 0][:24]
    diverter = int(draw.choice(big[:4]))
    stuffed, *fickle = [int(index) for index in draw.choice(big[4:], 5, replace=False)]
    special = [diverter, stuffed, *fickle]
    supplied = np.array([REGIONS[name][0] for name in region])
    others = [index for index in range(count) if supplied[index] != supplied[diverter] and status[index] == "active" and index not in special]
    size[diverter] *= 1.5
    victim = int(draw.choice(others))
    names = draw.choice(WORDS, count, replace=False)
    consents = np.ones(count, dtype=bool)
    calm = [index for index in range(13, count) if index not in special and status[index] == "active" and index != victim]
    silent = draw.choice(calm, 4, replace=False)
    consents[silent[:2]] = False
    late = np.zeros(count, dtype=int)
    late[silent[2]], late[silent[3]] = 2, 4
    return Dealers(
        id=np.array([f"D{number + 1:03d}" for number in range(count)]),
        name=[f"{place}{word}{kind}有限公司" for place, word, kind in zip(city, names, draw.choice(["酒业", "商贸", "糖酒", "食品"], count), strict=True)],
        region=region,
        city=city,
        tier=tier,
        channel=draw.choice(CHANNELS, count, p=[0.42, 0.22, 0.16, 0.14, 0.06]),
        rep=np.array([""] * count, dtype="<U12"),
        size=size / size[status == "active"].sum(),
        growth=draw.normal(0, 0.07, count),
        started=started,
        ended=ended,
        status=status,
        consents=consents,
        late_months=late,
        interval=draw.choice([4, 5, 6, 8], count, p=[0.2, 0.4, 0.25, 0.15]),
        lead=draw.integers(2, 5, count),
        safety=draw.integers(8, 17, count),
        weekday=draw.integers(0, 6, count),
        discount=np.round(draw.uniform(0.05, 0.13, count) + 0.02 * (size > np.median(size)) + np.where(np.arange(count) == diverter, 0.03, 0), 3),
        credit_days=draw.choice([0, 15, 30, 45, 60], count, p=[0.12, 0.15, 0.38, 0.25, 0.1]),
        location=np.array([OWN.index(REGIONS[name][0]) for name in region]),
        diverter=diverter,
        victim=victim,
        stuffed=stuffed,
        fickle=tuple(fickle[:3]),
        inflating=str(region[fickle[3]]),
    )


def with_reps(found: Dealers, seed: int, clock: Clock) -> tuple[Dealers, pl.DataFrame]:
    """Each region's sales people, one for two or three dealers, and who leads them; plus the dealers' own."""
    draw = dice(seed, "reps")
    names = people(draw, 8 + 40)
    managers = dict(zip(REGIONS, names[:8], strict=True))
    rows: list[dict[str, object]] = []
    pool = iter(names[8:])
    for region in REGIONS:
        inside = np.flatnonzero(found.region == region)
        team = [next(pool) for _ in range(max(2, round(len(inside) / 3)))]
        found.rep[inside] = [team[place % len(team)] for place in range(len(inside))]
        rows += [{"sales_rep": name, "manager": managers[region], "area": region, "kind": "own"} for name in team]
        rows.append({"sales_rep": managers[region], "manager": None, "area": region, "kind": "own"})
    rows += [{"sales_rep": name, "manager": None, "area": str(draw.choice(list(REGIONS))), "kind": "dealer"} for name in pool]
    for row in rows:
        row["trained_on"] = clock.as_of - timedelta(days=int(draw.integers(20, 500))) if draw.random() < 0.8 else None
    schema = {"sales_rep": pl.String, "manager": pl.String, "area": pl.String, "kind": pl.String, "trained_on": pl.Date}
    return found, pl.DataFrame(rows, schema=schema)


def dealers_table(found: Dealers, seed: int, clock: Clock) -> pl.DataFrame:
    """The table of dealers, candidates with their scores among them."""
    draw = dice(seed, "scores")
    count = len(found)
    candidate = found.status == "candidate"
    scores = np.clip(np.round(draw.normal(68, 13, (4, count))), 20, 98)
    parents: list[str | None] = [None] * count
    for child, parent in ((20, 3), (27, 3), (33, 8)):
        parents[child] = str(found.id[parent])

    def opened(index: int) -> date | None:
        return None if candidate[index] else clock.day(found.started[index])

    return pl.DataFrame(
        {
            "dealer_id": found.id,
            "dealer_name": found.name,
            "parent_dealer_id": parents,
            "region": found.region,
            "city": found.city,
            "city_tier": found.tier,
            "territory": [f"{city}市区" if tier <= 2 else f"{city}全境" for city, tier in zip(found.city, found.tier, strict=True)],
            "business_unit": [UNITS[name] for name in found.region],
            "channel": found.channel,
            "sales_rep": found.rep,
            "started_on": [opened(index) for index in range(count)],
            "ended_on": [clock.day(found.ended[index]) if found.status[index] == "ended" else None for index in range(count)],
            "status": found.status,
            "consents_to_data": [None if candidate[index] else bool(found.consents[index]) for index in range(count)],
            "scale": scores[0],
            "coverage": scores[1],
            "finance": scores[2],
            "willingness": scores[3],
            "sphere": [None] * count,  # they buy of every sphere, and each product stands in one
        },
        schema_overrides={"sphere": pl.String, "parent_dealer_id": pl.String, "started_on": pl.Date, "ended_on": pl.Date},
    )


def locations(found: Dealers, customers: list[tuple[str, str, int]]) -> pl.DataFrame:
    """Own stores, dealers' stores, and the customers' (id, name, dealer) whose stock is reported."""
    rows: list[tuple[str, str, str, str | None, str | None]] = [(key, name, kind, None, region) for key, (name, kind, region) in OWN_NAMES.items()]
    rows += [
        (f"L{found.id[index]}", f"{found.name[index]}仓库", "dealer", str(found.id[index]), str(found.region[index])) for index in np.flatnonzero(found.buying)
    ]
    rows += [(key, name, "customer", str(found.id[dealer]), str(found.region[dealer])) for key, name, dealer in customers]
    return pl.DataFrame(rows, schema=["location_id", "location_name", "kind", "dealer_id", "region"], orient="row", schema_overrides={"dealer_id": pl.String})
