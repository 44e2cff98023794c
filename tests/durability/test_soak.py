"""Minutes of mixed load: no error, and memory that does not grow."""

import os
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from tests.durability.servers import Server

WARM_SECONDS = 45
SOAK_SECONDS = float(os.environ.get("ICOSA_SOAK_SECONDS", "180"))
GROWTH_BYTES = 12 * 1024 * 1024
"""What a server may grow by after its warm-up: caches of statements and pages fill for a while."""

CLIENTS = 6


def resident(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not tell a process's memory in /proc")
def test_memory_is_flat(tmp_path: Path) -> None:
    """Records are made and destroyed at the same rate, so that only what is forgotten to be freed could grow."""
    server = Server(str(tmp_path / "crm.db"), tmp_path)
    server.start()
    worker = server.pid
    ended, requests = threading.Event(), [0] * CLIENTS
    wrong: list[Any] = []

    def work(number: int) -> None:
        with server.caller() as caller:
            turn = 0
            while not ended.is_set():
                turn += 1
                people = [
                    {"name": {"firstName": "Ada", "lastName": f"{number}-{turn}-{at}"}, "city": "x" * (turn % 300)} for at in range(60)
                ]
                answers = [caller.send("POST", "/rest/batch/people", people)]
                ids = [person["id"] for person in answers[0][1].get("data", {}).get("createPeople", [])]
                answers.append(caller.send("GET", f"/rest/people?limit=60&depth=1&filter=name.lastName[like]:'{number}-{turn}-%25'"))
                answers.append(caller.send("GET", f"/rest/people?limit={turn % 60 + 1}&order_by=createdAt"))
                answers += [caller.send("GET", f"/rest/people/{id_}?depth=2") for id_ in ids[:5]]
                answers += [caller.send("PATCH", f"/rest/people/{id_}", {"jobTitle": f"title {turn}"}) for id_ in ids[:5]]
                answers += [caller.send("DELETE", f"/rest/people/{id_}?permanent=true") for id_ in ids]
                wrong.extend(answer for answer in answers if answer[0] not in (200, 201))
                requests[number] += len(answers)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    try:
        time.sleep(WARM_SECONDS)
        warm = resident(worker)
        measured = []
        ends = time.monotonic() + SOAK_SECONDS
        while time.monotonic() < ends:
            time.sleep(5)
            measured.append(resident(worker))
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    assert wrong == []
    assert server.stop() == 0
    last = sum(measured[-3:]) // len(measured[-3:])
    print(f"{sum(requests)} requests; {warm >> 20} MiB after {WARM_SECONDS} s, {last >> 20} MiB after {SOAK_SECONDS:g} s more")
    assert last - warm < GROWTH_BYTES
