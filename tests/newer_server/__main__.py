"""The stand-in for a shell, until it is interrupted."""

import argparse
import threading
from contextlib import suppress

from tests.newer_server import newer_server

parser = argparse.ArgumentParser(prog="python -m tests.newer_server", description="A stand-in that answers as Twenty 2.19 does.")
parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
parser.add_argument("--per-minute", type=int, help="refuse what is more, as 2.19 does with 100")
given = parser.parse_args()
with suppress(KeyboardInterrupt), newer_server(given.port, per_minute=given.per_minute) as server:
    print(f"export ICOSA_URL={server.url} ICOSA_TOKEN={server.token}", flush=True)
    threading.Event().wait()
