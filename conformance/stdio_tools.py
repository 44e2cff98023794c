"""A server of tools as its host runs it: a process that speaks the Model Context Protocol over its standard streams."""

import json
import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

_STOP_SECONDS = 10
_TRIES, _WAIT_SECONDS = 10, 1.0
"""Some let through only so many calls a second, and refuse the others by themselves."""


class Tools:
    """The tools of a running server; `names` are all that it lists."""

    def __init__(self, requests: IO[str], answers: IO[str]) -> None:
        self._requests, self._answers = requests, answers
        self._last = 0
        self._ask("initialize", {"protocolVersion": "2025-03-26", "capabilities": {}, "clientInfo": {"name": "icosa", "version": "1"}})
        self._send({"jsonrpc": "2.0", "method": "notifications/initialized"})
        self.names: list[str] = [each["name"] for each in self._ask("tools/list", {})["tools"]]

    def call(self, name: str, arguments: Mapping[str, Any]) -> str:
        """The text that a tool answers.  Raises ToolFailed where it says that it failed."""
        answer = self._patiently({"name": name, "arguments": arguments})
        text = "\n".join(each.get("text", "") for each in answer.get("content", ()))
        if answer.get("isError"):
            raise ToolFailed(text)
        return text

    def _patiently(self, params: Mapping[str, Any]) -> dict[str, Any]:
        for _ in range(_TRIES):
            try:
                return self._ask("tools/call", params)
            except ToolFailed as failed:
                if "Rate limit exceeded" not in str(failed):
                    raise
                time.sleep(_WAIT_SECONDS)
        raise ToolFailed("it did not let the call through")

    def _ask(self, method: str, params: Mapping[str, Any]) -> dict[str, Any]:
        self._last += 1
        self._send({"jsonrpc": "2.0", "id": self._last, "method": method, "params": params})
        for line in self._answers:
            try:
                message = json.loads(line)
            except ValueError:
                continue  # some print words between their answers
            if message.get("id") == self._last and "method" not in message:
                if "error" in message:
                    raise ToolFailed(json.dumps(message["error"]))
                return cast("dict[str, Any]", message["result"])
        raise ToolFailed("the server of tools ended")

    def _send(self, message: Mapping[str, Any]) -> None:
        self._requests.write(json.dumps(message) + "\n")
        self._requests.flush()


class ToolFailed(Exception):
    """A tool said that it failed, in these words."""


@contextmanager
def tools(command: Sequence[str], environment: Mapping[str, str], log: Path) -> Iterator[Tools]:
    """Starts a server of tools until the end of the block; what it writes to standard error is in `log`."""
    with log.open("w") as errors:
        process = subprocess.Popen(
            command, env={**os.environ, **environment}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True
        )
    assert process.stdin
    assert process.stdout
    try:
        yield Tools(process.stdin, process.stdout)
    finally:
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
