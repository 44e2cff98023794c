"""A stand-in for a newer Twenty: it answers as 2.19 does where a client written for 1.0.3 goes wrong.

In a test:

    from tests.newer_server import newer_server

    with newer_server() as server:
        crm = icosa.connect(server.url, token=server.token)

For a shell: `python -m tests.newer_server --port 3219` prints its address and key as variables.  It keeps its
records in memory.  What it does not know of 2.19 is much: it is small, and gives way to the real thing once
Icosa's own workspace answers as 2.19 does.
"""

from tests.newer_server.server import Asked, NewerServer, newer_server

__all__ = ["Asked", "NewerServer", "newer_server"]
