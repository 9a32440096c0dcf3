"""What the company sells, by name: spheres, groups, lines and the variants in which a line comes."""

from typing import NamedTuple

BRAND = "禾仓"


class Line(NamedTuple):
    """One product line.

    price: list price of the reference article (CNY); share: of the company's yearly value at full run; growth: a year;
    cover_days: own stock that the planners aim at; season: name of a seasonal shape; launched: months before the end of the
    history (0 = always there).
    """

    line_id: str
    sphere: str
    group: str
    name: str
    kind: str
    price: float
    margin: float
    share: float
    growth: float
    cover_days: int
    season: str
    style: str
    made_by: str
    launched: int


SPIRITS, LIQUEURS, WINES, GIFTS = "白酒", "果露酒", "葡萄酒", "礼盒定制"

LINES = (
    Line("L01", SPIRITS, "浓香型", "窖藏十年", "cow", 168, 0.44, 0.090, 0.02, 55, "banquet", "spirit", "own", 0),
    Line("L02", SPIRITS, "浓香型", "窖藏二十年", "star", 398, 0.53, 0.100, 0.22, 45, "banquet", "spirit", "own", 0),
    Line("L03", SPIRITS, "浓香型", "经典", "cow", 88, 0.40, 0.080, 0.01, 60, "banquet", "spirit", "own", 0),
    Line("L04", SPIRITS, "酱香型", "酱韵", "star", 498, 0.56, 0.090, 0.26, 50, "banquet", "spirit", "own", 0),
    Line("L05", SPIRITS, "酱香型", "酱坊", "question", 268, 0.36, 0.030, 0.35, 80, "banquet", "spirit", "own", 0),
    Line("L06", SPIRITS, "酱香型", "老酱", "dog", 158, 0.24, 0.020, -0.14, 120, "banquet", "spirit", "own", 0),
    Line("L07", SPIRITS, "清香型", "清雅", "cow", 68, 0.41, 0.060, 0.03, 55, "daily", "spirit", "own", 0),
    Line("L08", SPIRITS, "清香型", "清风", "dog", 48, 0.22, 0.015, -0.16, 110, "daily", "spirit", "own", 0),
    Line("L09", SPIRITS, "光瓶酒", "小城", "cow", 18, 0.33, 0.050, 0.00, 50, "daily", "plain", "own", 0),
    Line("L10", SPIRITS, "光瓶酒", "老友", "loser", 12, -0.07, 0.020, -0.08, 75, "daily", "plain", "own", 0),
    Line("L11", SPIRITS, "光瓶酒", "江畔", "star", 25, 0.45, 0.040, 0.30, 30, "daily", "plain", "own", 0),
    Line("L12", LIQUEURS, "果酒", "青梅", "star", 39, 0.50, 0.040, 0.28, 35, "summer", "fruit", "own", 0),
    Line("L13", LIQUEURS, "果酒", "杨梅", "question", 45, 0.34, 0.015, 0.38, 75, "summer", "fruit", "own", 0),
    Line("L14", LIQUEURS, "果酒", "桑葚", "dog", 42, 0.20, 0.010, -0.15, 130, "summer", "fruit", "own", 0),
    Line("L15", LIQUEURS, "露酒", "参露", "cow", 128, 0.46, 0.040, 0.02, 65, "herbal", "herbal", "own", 0),
    Line("L16", LIQUEURS, "露酒", "枸杞", "dog", 78, 0.25, 0.010, -0.12, 125, "herbal", "herbal", "own", 0),
    Line("L17", LIQUEURS, "露酒", "桂花", "question", 58, 0.32, 0.018, 0.20, 70, "herbal", "herbal", "own", 8),
    Line("L18", LIQUEURS, "预调酒", "微醺", "question", 13, 0.30, 0.015, 0.45, 45, "summer", "canned", "own", 14),
    Line("L19", LIQUEURS, "预调酒", "气泡", "loser", 9, -0.10, 0.012, -0.10, 70, "summer", "canned", "own", 0),
    Line("L20", WINES, "国产葡萄酒", "贺兰", "cow", 98, 0.43, 0.035, 0.02, 65, "wine", "wine", "own", 0),
    Line("L21", WINES, "国产葡萄酒", "经典", "dog", 138, 0.23, 0.015, -0.13, 140, "wine", "wine", "own", 0),
    Line("L22", WINES, "国产葡萄酒", "甜润", "question", 68, 0.33, 0.012, 0.32, 75, "wine", "wine", "own", 0),
    Line("L23", WINES, "进口葡萄酒", "安第斯", "star", 79, 0.42, 0.025, 0.24, 85, "wine", "wine", "third_party", 0),
    Line("L24", WINES, "进口葡萄酒", "波尔多", "loser", 158, -0.05, 0.013, -0.12, 120, "wine", "wine", "third_party", 0),
    Line("L25", GIFTS, "节庆礼盒", "福禄", "star", 688, 0.52, 0.055, 0.20, 40, "gift", "gift", "own", 0),
    Line("L26", GIFTS, "节庆礼盒", "团圆", "cow", 398, 0.45, 0.040, 0.03, 40, "moon", "gift", "own", 0),
    Line("L27", GIFTS, "节庆礼盒", "喜宴", "cow", 298, 0.42, 0.030, 0.02, 55, "wedding", "gift", "own", 0),
    Line("L28", GIFTS, "企业定制", "定制", "question", 488, 0.38, 0.020, 0.30, 25, "banquet", "gift", "own_to_order", 0),
    Line("L29", GIFTS, "企业定制", "纪念", "rare", 888, 0.28, 0.008, -0.12, 110, "banquet", "gift", "own", 0),
    Line("L30", GIFTS, "节庆礼盒", "生肖", "question", 598, 0.40, 0.020, 0.20, 60, "gift", "gift", "own", 2),
    Line("L31", SPIRITS, "浓香型", "陈窖", "legacy", 218, 0.35, 0.0, 0.0, 0, "banquet", "spirit", "own", 0),
    Line("L32", LIQUEURS, "果酒", "山楂", "legacy", 32, 0.30, 0.0, 0.0, 0, "summer", "fruit", "own", 0),
)


class Variant(NamedTuple):
    """One article of a line: name, litres in it, price against the line's, share of the line, pieces in a carton."""

    name: str
    litres: float
    price: float
    share: float
    pack: int


VARIANTS = {
    "spirit": (
        Variant("52度500毫升", 0.5, 1.0, 0.46, 6),
        Variant("42度500毫升", 0.5, 0.95, 0.28, 6),
        Variant("52度250毫升", 0.25, 0.55, 0.14, 12),
        Variant("52度1升", 1.0, 1.9, 0.12, 4),
    ),
    "plain": (Variant("42度500毫升", 0.5, 1.0, 0.5, 12), Variant("52度500毫升", 0.5, 1.1, 0.34, 12), Variant("45度100毫升小瓶", 0.1, 0.32, 0.16, 24)),
    "fruit": (Variant("12度330毫升", 0.33, 0.7, 0.30, 12), Variant("12度500毫升", 0.5, 1.0, 0.5, 6), Variant("15度700毫升", 0.7, 1.6, 0.2, 6)),
    "herbal": (Variant("35度500毫升", 0.5, 1.0, 0.55, 6), Variant("38度250毫升", 0.25, 0.56, 0.25, 12), Variant("35度1升", 1.0, 1.85, 0.20, 4)),
    "canned": (
        Variant("白桃味330毫升罐装", 0.33, 1.0, 0.45, 24),
        Variant("青柠味330毫升罐装", 0.33, 1.0, 0.32, 24),
        Variant("葡萄味330毫升罐装", 0.33, 1.0, 0.23, 24),
    ),
    "wine": (Variant("干红750毫升", 0.75, 1.0, 0.58, 6), Variant("干白750毫升", 0.75, 0.92, 0.24, 6), Variant("半甜红750毫升", 0.75, 0.86, 0.18, 6)),
    "gift": (Variant("双瓶礼盒", 1.0, 1.0, 0.56, 4), Variant("四瓶礼盒", 2.0, 1.85, 0.26, 2), Variant("尊享礼盒", 1.0, 1.5, 0.18, 4)),
}

SHELF_LIFE = {"fruit": 730, "canned": 540, "wine": 3650, "herbal": 1825}
OLD_NAMES = ("旧版", "老包装", "珍藏版", "特供装", "试销装", "周年版", "出口装", "礼赠版", "体验装", "限量版", "联名版", "馆藏版")
TACTICAL_NAMES = ("狙击装", "促销装", "搭赠装", "竞品应对装", "渠道专享装")
SPECIAL_NAMES = ("商超专供装", "酒店专供装", "电商专供装", "团购专供装")
REPLACED_NAMES = ("一代", "二代", "老瓶型", "老标签", "旧酒精度")

# Sell-through through the year: how high the peak before the Spring Festival, before Mid-Autumn and in summer.
SEASONS = {
    "banquet": (1.5, 0.85, -0.15),
    "daily": (0.55, 0.30, -0.08),
    "summer": (0.25, 0.25, 0.55),
    "herbal": (1.0, 0.55, -0.20),
    "wine": (0.8, 0.60, 0.05),
    "gift": (2.8, 2.2, -0.30),
    "moon": (0.7, 4.2, -0.30),
    "wedding": (0.7, 0.6, -0.25),
}
