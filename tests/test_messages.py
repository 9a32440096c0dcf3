"""Sentences that tables keep come back whole."""

from engine.language import say
from engine.messages import Message, message, plural


def test_a_sentence_inside_of_a_sentence_survives_a_table():
    inner = plural("{n} row", "{n} rows", n=2)
    kept = message("{label}: {gap_score}", label=inner, gap_score=3.25).to_json()
    assert Message.from_json(kept) == message("{label}: {gap_score}", label=inner, gap_score=3.25)
    assert say(Message.from_json(kept), "en") == "2 rows: 3.3"


def test_a_list_of_sentences_survives_a_table():
    kept = message("{parts}", parts=[message("one"), message("two")]).to_json()
    assert say(Message.from_json(kept), "en") == "one, two"
