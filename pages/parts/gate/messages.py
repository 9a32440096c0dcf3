"""What a browser may ask of Streamlit over its one long connection, and what remains of it for somebody who may no longer be here."""

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg

PASSED = ("rerun_script", "stop_script", "app_heartbeat", "file_urls_request", "backend_operation_request")
OPERATIONS = ("deferred_file", "dataframe_chunk")


def is_passed(data: bytes) -> bool:
    """Whether a message is one that our pages need. Emptying everybody's caches, installing things and asking after the code are none.

    What is no message at all is passed on: Streamlit closes the connection over it.
    """
    asked = _read(data)
    if asked is None:
        return True
    kind = asked.WhichOneof("type")
    if kind == "backend_operation_request":
        return asked.backend_operation_request.WhichOneof("payload") in OPERATIONS
    return kind in PASSED


def bare(data: bytes) -> bytes:
    """Nothing but “draw the page anew”, whatever was asked: no value of a widget, so no act hangs on it, and no part of a page alone."""
    asked, plain = _read(data), BackMsg()
    plain.rerun_script.SetInParent()
    if asked is not None and asked.WhichOneof("type") == "rerun_script":
        state = asked.rerun_script
        plain.rerun_script.query_string = state.query_string
        plain.rerun_script.page_script_hash = state.page_script_hash
        plain.rerun_script.context_info.CopyFrom(state.context_info)
    return bytes(plain.SerializeToString())


def _read(data: bytes) -> BackMsg | None:
    asked = BackMsg()
    try:
        asked.ParseFromString(data)
    except DecodeError:
        return None
    return asked
