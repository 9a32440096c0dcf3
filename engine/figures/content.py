"""What a frame holds, as a short mark: equal marks mean equal names, types and rows, whoever made the frame and when."""

import hashlib

import polars as pl


def mark_of(frame: pl.DataFrame) -> bytes:
    """16 bytes that tell the content of a frame from any other. It takes about a millisecond for a few thousand rows."""
    return hashlib.blake2b(frame.write_ipc(None).getvalue(), digest_size=16).digest()
