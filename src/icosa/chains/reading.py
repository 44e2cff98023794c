"""A chain out of a file of TOML, or of JSON of the same shape.  Its form is checked here; `checking` holds it against a
workspace."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from icosa.call.json_text import parsed
from icosa.catalogue.kinds import shown, wire_moment
from icosa.chains.chain import NULL, ON_ERROR, Chain, Step
from icosa.errors import InvalidValue
from icosa.toml.faults import TomlFaults
from icosa.toml.reading import TooMuch, toml

VERSION: Final = 1
EXAMPLE: Final = '[step.companies]\nrun = "companies.find_many"'

_TOP: Final = ("version", "name", "description", "step")
_STEP: Final = ("run", "for", "all", "on-error", "with")
_NULL: Final = re.compile(rf"\{{\{{\s*{NULL}\s*\}}\}}")
_WORDS: Final = {str: "a text", bool: "true or false", dict: "a table"}
_JSON: Final = '{"version": 1, "step": {"companies": {"run": "companies.find_many"}}}'


def read_chain(path: Path | str) -> Chain:
    """The chain of a file.  Raises InvalidValue, with the line, for a file that cannot be read, is neither TOML nor JSON, is
    of another version, or says what no chain can."""
    try:
        text = Path(path).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
        raise InvalidValue(str(path), f"cannot be read as a chain: {reason}") from None
    return chain_in(text, str(path))


def chain_in(text: str, path: str = "chain.toml") -> Chain:
    """The chain that a text says: JSON where it begins with a brace, else TOML.  Raises as `read_chain` does."""
    as_json = text.lstrip().startswith("{")
    content = parsed(text, Path(path).name, _JSON) if as_json else _toml(text, path)
    if content.get("version") != VERSION:
        version = f"version {shown(content['version'])}" if "version" in content else "no version"
        raise InvalidValue(Path(path).name, f"says {version}, and chains of this Icosa begin with version = {VERSION}")
    faults = TomlFaults(path, "" if as_json else text)
    found = _Reading(faults).chain(content, Path(path).stem)
    faults.refuse()
    return replace(found, path=path, text="" if as_json else text)


def _toml(text: str, path: str) -> dict[str, Any]:
    try:
        return toml(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidValue(
            Path(path).name, f"is no TOML: {error}. Texts stand in quotes, and each step under a heading: {EXAMPLE}"
        ) from None
    except TooMuch as error:
        raise InvalidValue(Path(path).name, str(error)) from None


class _Reading:
    """Reads the parts of a chain; what is wrong goes to the faults, and is taken for not said."""

    def __init__(self, faults: TomlFaults) -> None:
        self._faults = faults

    def chain(self, content: Mapping[str, Any], stem: str) -> Chain:
        self._known(content, (), _TOP)
        steps = self._of(dict, content, ("step",))
        if not steps:
            self._faults.add(("step",), f"there is no step; write one such as {EXAMPLE}")
        made = tuple(self._step(name, self._of(dict, steps, ("step", name))) for name in steps)
        return Chain(self._of(str, content, ("name",)) or stem, made, self._of(str, content, ("description",)))

    def _step(self, name: str, content: Mapping[str, Any]) -> Step:
        keys = ("step", name)
        self._known(content, keys, _STEP)
        if "run" not in content:
            self._faults.add(keys, f'step {name} does not say what it runs; write run = "companies.find_many"')
        on_error = self._of(str, content, (*keys, "on-error")) or "keep"
        if on_error not in ON_ERROR:
            self._faults.add((*keys, "on-error"), f'on-error is {shown(on_error)}, and is to be "keep" or "stop"')
        properties = {each: self._value(value, (*keys, "with", each)) for each, value in self._of(dict, content, (*keys, "with")).items()}
        over = self._of(str, content, (*keys, "for")) or None
        run = self._of(str, content, (*keys, "run"))
        return Step(name, run, properties, over, self._of(bool, content, (*keys, "all")), "stop" if on_error == "stop" else "keep")

    def _value(self, value: Any, keys: tuple[str, ...]) -> Any:
        """A value as JSON has it: moments as the wire writes them, and {{null}} as no value."""
        match value:
            case str():
                return None if _NULL.fullmatch(value) else value
            case dict():
                return {name: self._value(each, (*keys, name)) for name, each in value.items()}
            case list():
                return [self._value(each, keys) for each in value]
            case datetime() if value.tzinfo is not None:
                return wire_moment(value)
            case datetime() | time():
                self._faults.add(
                    keys, f"{value.isoformat()} has no time zone; write one, such as 2026-02-03T09:00:00Z, or put it in quotes"
                )
            case date():
                return value.isoformat()
            case float() if value in (float("inf"), float("-inf")) or value != value:
                self._faults.add(keys, f"{value} is no number that JSON can say")
        return value

    def _of(self, kind: type, content: Mapping[str, Any], keys: tuple[str, ...]) -> Any:
        """What stands at a place, where it is of that kind; else nothing of the kind."""
        value = content.get(keys[-1])
        if value is None:
            return kind()
        if not isinstance(value, kind):
            self._faults.add(keys, f"{keys[-1]} is {shown(value)}, and is to be {_WORDS[kind]}")
            return kind()
        return value

    def _known(self, content: Mapping[str, Any], keys: tuple[str, ...], known: Iterable[str]) -> None:
        for name in content:
            if name not in known:
                self._faults.unknown((*keys, name), "key", known)
