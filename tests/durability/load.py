"""Writers that remember what was acknowledged to them, and what was not."""

import http.client
import random
import threading
import uuid
from dataclasses import dataclass, field
from typing import Any

from tests.durability.servers import Caller, Server

BATCH = 60


@dataclass
class Company:
    """What is known of one company: `known` was acknowledged, `asked` was sent last and not acknowledged.
    Each is (name, deleted), or None for a company that is not there."""

    known: tuple[str, bool] | None = None
    asked: tuple[str, bool] | None = None
    updates: int = 0


@dataclass
class Memory:
    """What all writers together know."""

    companies: dict[str, Company] = field(default_factory=dict)
    batches: dict[tuple[str, ...], bool] = field(default_factory=dict)
    acknowledged: int = 0
    unknown: int = 0
    refused: list[Any] = field(default_factory=list)


class Writers:
    """Write until the server is gone, or until told to stop.  Each writes to records of its own."""

    def __init__(self, server: Server, memory: Memory, count: int, seed: int) -> None:
        self._server = server
        self._memory = memory
        self._ended = threading.Event()
        chance = random.Random(seed)
        self._threads = [threading.Thread(target=self._work, args=(random.Random(chance.random()),)) for _ in range(count)]
        for thread in self._threads:
            thread.start()

    def join(self) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def _work(self, chance: random.Random) -> None:
        own: list[str] = []
        with self._server.caller() as caller:
            while not self._ended.is_set():
                kind = chance.random()
                try:
                    if kind < 0.15:
                        self._batch(caller, chance)
                    elif kind < 0.5 or not own:
                        own.append(self._create(caller, chance))
                    elif kind < 0.9:
                        self._change(caller, own[-1], (f"name {chance.random()}", False))
                    else:
                        id_ = own.pop()
                        name = (self._memory.companies[id_].known or ("", False))[0]
                        self._change(caller, id_, (name, True))
                except (OSError, http.client.HTTPException, _Unavailable):
                    self._memory.unknown += 1
                    return

    def _create(self, caller: Caller, chance: random.Random) -> str:
        id_ = _id(chance)
        company = self._memory.companies[id_] = Company(None, ("new", False))
        self._done(company, caller.send("POST", "/rest/companies", {"id": id_, "name": "new"}))
        return id_

    def _change(self, caller: Caller, id_: str, to: tuple[str, bool]) -> None:
        company = self._memory.companies[id_]
        company.asked = to
        if to[1]:
            answer = caller.send("DELETE", f"/rest/companies/{id_}")
        else:
            answer = caller.send("PATCH", f"/rest/companies/{id_}", {"name": to[0]})
        self._done(company, answer)

    def _done(self, company: Company, answer: tuple[int, Any]) -> None:
        self._check(answer)
        company.known, company.asked = company.asked, None
        self._memory.acknowledged += 1

    def _batch(self, caller: Caller, chance: random.Random) -> None:
        ids = tuple(_id(chance) for _ in range(BATCH))
        self._memory.batches[ids] = False
        people = [{"id": id_, "name": {"firstName": "Ada", "lastName": str(at)}} for at, id_ in enumerate(ids)]
        self._check(caller.send("POST", "/rest/batch/people", people))
        self._memory.batches[ids] = True
        self._memory.acknowledged += 1

    def _check(self, answer: tuple[int, Any]) -> None:
        if answer[0] not in (200, 201):
            self._memory.refused.append(answer)
            raise _Unavailable


class _Unavailable(Exception):
    """An answer that acknowledges nothing."""


def _id(chance: random.Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))
