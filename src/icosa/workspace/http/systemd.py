"""Tells systemd how far the server is (sd_notify(3)); says nothing where nobody asked."""

import os
import socket
from contextlib import suppress

_VARIABLE = "NOTIFY_SOCKET"
READY, STOPPING = "READY=1", "STOPPING=1"


def tell(state: str) -> None:
    """Sends a state to the service manager that started this process, if it waits for one."""
    at = os.environ.get(_VARIABLE, "")
    if not at or not hasattr(socket, "AF_UNIX"):
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.sendto(state.encode(), f"\0{at[1:]}" if at.startswith("@") else at)


def leave_it_to_others() -> None:
    """Has this process say nothing from now on: it is not the one that was started."""
    os.environ.pop(_VARIABLE, None)
