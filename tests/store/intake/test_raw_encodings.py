"""Letters stay what they are: each encoding is found, or asked for, and no name turns into other letters without a word."""

import pytest

from engine.errors import BadUse, NeedsAnswer, Refused
from tests.store.intake.raw_files import read

RUSSIAN = "Дата;Код дилера;Номенклатура;Количество;Сумма\n" + "".join(
    f"0{day}.01.2025;{dealer};{product};{day};{day},50\n"
    for day, (dealer, product) in enumerate([("ООО «Ромашка»", "Водка пшеничная"), ("Ёлкин и сыновья", "Вино красное"), ("Щукин", "Коньяк")], 1)
)
RUSSIAN_CANARIES = ("Ёлкин и сыновья", "Щукин", "Водка пшеничная")
CHINESE = "日期,经销商编码,商品编码,数量\n2025-01-01,北京华联超市,五粮液,5\n2025-01-02,上海糖酒公司,泸州老窖特曲,6\n2025-01-03,龙湖镕酒业,剑南春,7\n"
CHINESE_CANARIES = ("北京华联超市", "泸州老窖特曲", "龙湖镕酒业")
TRADITIONAL = "日期,經銷商編碼,商品編碼,數量\n2025-01-01,台北統一超商,金門高粱酒,5\n2025-01-02,高雄菸酒公司,玉山陳年,6\n"
WESTERN = "Ship date;Dealer;SKU;Qty\n2025-01-01;Café Zoë;Crème brûlée;1\n2025-01-02;Größe & Söhne;Señor;2\n2025-01-03;Müller;Pâté;3\n"

FOUND = [
    # text, encoding it is written in, names that must come through
    (RUSSIAN, "utf-8", RUSSIAN_CANARIES),
    (RUSSIAN, "utf-8-sig", RUSSIAN_CANARIES),
    (RUSSIAN, "utf-16", RUSSIAN_CANARIES),
    (RUSSIAN, "utf-16-le", RUSSIAN_CANARIES),
    (RUSSIAN, "utf-16-be", RUSSIAN_CANARIES),
    (RUSSIAN, "utf-32", RUSSIAN_CANARIES),
    (RUSSIAN, "cp1251", RUSSIAN_CANARIES),
    (RUSSIAN.replace("«", '"').replace("»", '"').replace('ООО "Ромашка"', "Ромашка"), "cp866", RUSSIAN_CANARIES),
    (RUSSIAN.replace("ООО «Ромашка»", "Ромашка"), "koi8-r", RUSSIAN_CANARIES),
    (RUSSIAN.upper().replace("ООО «РОМАШКА»", "РОМАШКА"), "koi8-r", tuple(name.upper() for name in RUSSIAN_CANARIES)),
    (RUSSIAN.upper(), "cp1251", tuple(name.upper() for name in RUSSIAN_CANARIES)),
    (RUSSIAN.lower().replace("ооо «ромашка»", "ромашка"), "cp866", tuple(name.lower() for name in RUSSIAN_CANARIES)),
    (CHINESE, "utf-8", CHINESE_CANARIES),
    (CHINESE, "utf-8-sig", CHINESE_CANARIES),
    (CHINESE, "utf-16", CHINESE_CANARIES),
    (CHINESE, "utf-16-le", CHINESE_CANARIES),
    (CHINESE, "utf-16-be", CHINESE_CANARIES),
    (CHINESE.replace("五粮液", "一一一一一一"), "utf-16-le", ("一一一一一一",)),
    (CHINESE, "gb18030", CHINESE_CANARIES),
    (CHINESE, "gbk", CHINESE_CANARIES),
    (TRADITIONAL, "big5", ("台北統一超商", "高雄菸酒公司", "玉山陳年")),
    (TRADITIONAL, "utf-16-be", ("台北統一超商", "高雄菸酒公司", "玉山陳年")),
    (WESTERN, "latin-1", ("Café Zoë", "Größe & Söhne", "Müller")),
    (WESTERN, "utf-8", ("Café Zoë", "Größe & Söhne", "Müller")),
    ("sku;dealer_id;qty\na;x;1\u00a0234,5\nb;y;2\u00a0345,6\n", "cp1251", ("1\u00a0234,5",)),
    ("sku;dealer_id;qty\na;x;1\u00a0234,5\nb;y;2\u00a0345,6\n", "koi8-r", ("1\u00a0234,5",)),
    ("sku;dealer_id;qty\na;x;1\u00a0234,5\nb;y;2\u00a0345,6\n", "cp866", ("1\u00a0234,5",)),
    ("sku;dealer_id;qty\na;ＡＢＣ　１２;１２３\nb;é\u0065\u0301;2\n", "utf-8", ("ＡＢＣ　１２", "é\u0065\u0301")),
]


@pytest.mark.parametrize(("text", "encoding", "names"), FOUND)
def test_an_encoding_is_found_and_names_come_through(tmp_path, text, encoding, names):
    found = read(tmp_path, text.encode(encoding))
    cells = {cell for row in found.cells for cell in row}
    assert set(names) <= cells
    assert found.rejects == {}
    assert found.table.headings[0] == text.split(";")[0].split(",")[0]


@pytest.mark.parametrize("encoding", ["cp1251", "cp866", "koi8-r", "gb18030", "big5"])
def test_a_text_too_short_to_tell_is_asked_about(tmp_path, encoding):
    word = "Ж" if encoding not in ("gb18030", "big5") else "中"
    content = f"sku;dealer_id;qty\n1;{word};3\n".encode(encoding)
    with pytest.raises(NeedsAnswer) as asked:
        read(tmp_path, content)
    assert asked.value.question == "encoding"
    assert encoding in asked.value.choices
    assert read(tmp_path, content, encoding=encoding).cells == [("1", word, "3")]


def test_an_unknown_encoding_is_bad_use(tmp_path):
    with pytest.raises(BadUse, match="klingon"):
        read(tmp_path, RUSSIAN, encoding="klingon")
    with pytest.raises(BadUse, match="hex"):
        read(tmp_path, RUSSIAN, encoding="hex")


@pytest.mark.parametrize("foreign", ["utf-8", "cp866", "koi8-r"])
def test_a_line_in_another_encoding_is_rejected(tmp_path, foreign):
    line = "04.01.2025;Шереметьев и сыновья;Настойка рябиновая;4;4,50\n"
    found = read(tmp_path, RUSSIAN.encode("cp1251") + line.encode(foreign) + RUSSIAN.split("\n", 1)[1].encode("cp1251"))
    assert found.rejects == {5: "encoding"}
    assert len(found.rows) == 6


@pytest.mark.parametrize("foreign", ["cp1251", "cp866", "gb18030"])
def test_a_line_that_is_not_utf8_is_rejected_from_a_utf8_file(tmp_path, foreign):
    line = "04.01.2025;Шереметьев;Настойка;4;4,50\n"
    found = read(tmp_path, (RUSSIAN + RUSSIAN.split("\n", 1)[1]).encode() + line.encode(foreign))
    assert found.rejects == {8: "encoding"}
    assert "\\x" in found.table.row_texts[8]


def test_a_utf8_line_in_a_chinese_file_is_rejected(tmp_path):
    found = read(tmp_path, CHINESE.encode("gb18030") + "2025-01-04,华南贸易公司,杏花村,8\n".encode())
    assert found.rejects == {5: "encoding"}


def test_halves_in_different_encodings_are_refused(tmp_path):
    with pytest.raises(Refused, match="mixes encodings: 30 lines are UTF-8, 31 are not"):
        read(
            tmp_path,
            RUSSIAN.split("\n", 1)[0].encode("cp1251")
            + b"\n"
            + ("01.01.2025;Ромашка;Водка;1;1\n" * 30).encode("cp1251")
            + ("01.01.2025;Ромашка;Водка;1;1\n" * 30).encode(),
        )


def test_a_wrong_encoding_that_the_user_names_is_not_taken_silently(tmp_path):
    with pytest.raises(Refused):
        read(tmp_path, RUSSIAN.encode("cp1251"), encoding="utf-8")


def test_zero_bytes_everywhere_are_no_text(tmp_path):
    with pytest.raises(Refused):
        read(tmp_path, bytes(range(256)) * 100)


def test_how_the_encoding_was_found_is_told(tmp_path):
    assert read(tmp_path, RUSSIAN.encode("cp1251")).told["encoding"] == "Encoding cp1251, found by its letters."
    assert read(tmp_path, RUSSIAN.encode("cp1251")).table.dialect["encoding"] == "cp1251"
