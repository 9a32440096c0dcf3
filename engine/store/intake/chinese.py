"""How likely a text is Chinese: characters of everyday and of trade first, those of the common level next, the rest last.

GB18030 and Big5 put different characters on the same bytes; read through the wrong one, Chinese turns into rare characters.
"""

_EVERYDAY = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现"
    "当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重"
    "并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入"
    "几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基"
    "眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运"
)
_TRADE = (
    "销售库存仓经商客户编码名称数量单价金额日期号行仓库规格型备注合计小总收发货退采购订产批次成本含税净额箱瓶件吨元省市区县店超贸易有限公司集团糖"
    "酒业饮料食品白红葡萄啤黄窖曲陈年藏特级精装华东北京上海广州深圳江苏浙山湖南河西四川重庆天津福建云贵酿泸州老五粮液茅台剑春汾洋汤沟古井郎"
)
_TRADITIONAL = (
    "個這們來為國說時會對發後裡開點機關當動進還學樣無長實現經過種見間問應頭產業將門兩總電數報結處給員體義題記條變氣設統區單價銷售庫倉編碼稱號規貨"
    "採購訂總計統一超商縣臺灣萬億與華東貿團紅葡萄陳藏級裝廣蘇雲貴釀葉張陽綠錢銀鐵園圖書車輛馬魚鳥龍鳳風飛"
)
FREQUENT = frozenset(_EVERYDAY + _TRADE + _TRADITIONAL)
_MARKS = frozenset("，。：；（）、％￥“”《》·！？　－—…")


def likelihood(text: str, encoding: str) -> tuple[float, int]:
    """(log likelihood, characters) of the part of a text beyond ASCII, read from `encoding` (gb18030 or big5)."""
    low, high = (0xB0, 0xD7) if encoding == "gb18030" else (0xA4, 0xC6)
    total, count = 0.0, 0
    for mark in text:
        if mark <= "\x7f":
            continue
        count += 1
        if mark in FREQUENT:
            total -= 5.0
        elif mark in _MARKS:
            total -= 6.0
        else:
            code = mark.encode(encoding)
            is_common = len(code) == 2 and low <= code[0] <= high and (code[1] >= 0xA1 or encoding == "big5")
            total -= 8.5 if is_common else 14.0
    return total, count
