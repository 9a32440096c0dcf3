"""Names that the finding of encodings and the reading of lines share."""

BROKEN = "\ufdd0"  # a code point that stands for nothing, so no honest text holds it: marks bytes that could not be decoded
RUSSIAN = ("cp1251", "cp866", "koi8-r", "iso8859-5")
CHINESE = ("gb18030", "gbk", "gb2312", "big5")
CERTAIN = 8.0  # difference of log likelihood between the best reading and the next: one wrong answer in some thousands
