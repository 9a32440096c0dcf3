"""What the people of the company say in the meeting of the month before: its decisions, promises and actions. Chinese, as they speak it."""

from typing import NamedTuple

PEOPLE = (("report", "陈静", "planner"), ("demand", "李伟", "marketing"), ("supply", "周强", "production"), ("pre_meeting", "陈静", "planner"),
          ("executive", "王建国", "executive"))  # fmt: skip
"""Who answers for each step of the meeting, and in which role."""
CHAIR, SALES, PLANT, DIRECTOR = "陈静", "李伟", "周强", "王建国"


class Question(NamedTuple):
    """A decision of the meeting. ways: the options, the first stands for leaving things as they are."""

    asked: str
    ways: tuple[str, str]


PROMOTION = Question("国庆促销要不要加大投入？", ("按原计划", "加大投入"))
PREPARE = Question("旺季前要不要提前灌装？", ("当月生产", "提前灌装"))
PACKING = Question("要不要再建一条包装线？", ("建", "不建"))
PEAK = Question("中秋旺季礼盒包装能力不足，怎么供货？", ("按计划生产", "提前生产，错峰备货"))
CHEAPEST = "重排计划，成本最低"
NO_MONEY = "明年预算确定之前不做"
OVERLOAD = "{resource}能力不足"
OVERLOAD_WAYS = {"prebuild": "提前生产", "optimal": "重排计划"}
PROMISED, CAUTIOUS = "促销当月的销售额", "按保守口径承诺"
MORE_SALES, NO_SALES = "国庆团购订单增加", "已停产，不再销售"
CHECK_STOCK = "核对华南经销商上报的库存"
CARRIED_OUT = "已按计划完成"
ASSUMED = "十月无原料涨价"
RISK = "雨季运输延误"
BETTER = "准时开会，先看例外"
PARKED = "礼盒新包装的打样"
SCENARIO = "秋季需求更好"
