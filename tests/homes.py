"""Homes that are open in a process of tests. A process that serves has one home; tests open hundreds, each with a database in memory and its threads."""

import gc

import psutil

from engine.answers import source
from engine.store import warehouse

MANY_THREADS = 400


def let_go_when_many() -> None:
    """Forget every open warehouse and what was answered from it, once they have become many; whoever asks again opens it anew."""
    if psutil.Process().num_threads() > MANY_THREADS:
        warehouse._warehouse_of.cache_clear()
        warehouse.Warehouse.filled_tables.cache_clear()
        source.forget()
        gc.collect()
