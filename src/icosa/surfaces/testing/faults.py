"""Faults by rule and by seed: the same seed, rules and order of requests, the same faults."""

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from threading import Lock

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.errors import IcosaError, InvalidValue
from icosa.surfaces.testing.rules import AnyRule, CutShort, RenamedField, Rule, Slow
from icosa.surfaces.testing.rules_of_2_19 import RuleOf219
from icosa.wire.actions import find_object
from icosa.wire.message import Answer
from icosa.wire.rest.routes import Route, Router
from icosa.wire.version import TWENTY_1_0_3, TWENTY_2_19, Version

_NEVER_STRUCK = ("/healthz",)  # who waits for a server to come up asks this


@dataclass(frozen=True, slots=True)
class Struck:
    """What was done to a request: its `number`, counted from 1 over all that came, and the rule that struck it."""

    number: int
    method: str
    path: str
    rule: Rule

    def __str__(self) -> str:
        return f"{self.number}: {self.method} {self.path}: {self.rule}"


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one request, which had this `query`, to a workspace of this version."""

    seconds: float = 0.0
    rule: Rule | None = None
    query: str = ""
    version: Version = TWENTY_1_0_3

    def instead(self) -> Answer | None:
        """The answer that is given without asking the workspace."""
        return self.rule.instead(self.version) if self.rule else None

    def deliver(self, answer: Answer) -> Answer | CutShort:
        """What arrives of the workspace's answer."""
        return self.rule.deliver(answer, self.query) if self.rule else answer


UNHARMED = Fate()


class Faults:
    """What goes wrong with requests, and the `log` of what did.

        faults = Faults([RateLimited(share=0.2), LostAnswer(method="POST", nth=3)], seed=7)

    The rules are asked in their order, and the first that strikes decides; Slow ones add up, and leave it to
    those behind them.  Whether a rule strikes the n-th request that it matches depends on the seed, its place
    and n alone, so that other rules and requests leave it as it is.  May be used from several threads.
    """

    def __init__(
        self, rules: Iterable[AnyRule] = (), *, seed: int = 0, catalogue: Catalogue = STANDARD, version: Version | None = None
    ) -> None:
        """`catalogue` and `version` are those of the workspace, which says them itself.  Raises UnknownObject where a rule
        names an object that the catalogue does not have, InvalidValue for what is no rule, and for one that is about 2.19
        in a workspace of another version."""
        self.seed = seed
        self.log: list[Struck] = []
        self.requests = 0
        self._lock = Lock()
        self._catalogue, self._version = catalogue, version
        self._router = Router(catalogue, version or TWENTY_1_0_3)
        self.use(*rules)

    def use(self, *rules: AnyRule) -> None:
        """From now on these rules and no others, counted from the start; the log goes on."""
        for each in rules:
            if not isinstance(each, Rule | RenamedField):
                raise InvalidValue("rules", f"{each!r} is no rule; give some such as RateLimited(share=0.2)")
            if isinstance(each, RuleOf219) and self._version not in (None, TWENTY_2_19):
                raise InvalidValue(
                    "rules", f'{each} is what Twenty 2.19 does, and this workspace is of another version; give api="2.19" too'
                )
            if each.object is not None:
                find_object(self._catalogue, each.object)
        with self._lock:
            self.rules = tuple(rules)
            self.renamed = tuple(each for each in rules if isinstance(each, RenamedField))
            self._striking = tuple(each for each in rules if isinstance(each, Rule))
            self._matched = [0] * len(self._striking)
            self._struck = [0] * len(self._striking)

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self.use()

    def fate(self, method: str, path: str, query: str = "") -> Fate:
        """What becomes of the next request.  `path` is decoded, `query` as it was sent; the log holds method and path."""
        if path in _NEVER_STRUCK:
            return UNHARMED
        route = self._route(method, path)
        with self._lock:
            self.requests += 1
            seconds, decided = 0.0, None
            for at, rule in enumerate(self._striking):
                # It counts what another rule has struck too: the third is the third, whatever became of the second.
                if rule.matches(method, path, route) and rule.concerns(query) and self._strikes(at, rule) and decided is None:
                    self._struck[at] += 1
                    self.log.append(Struck(self.requests, method, path, rule))
                    seconds += rule.delay()
                    decided = None if isinstance(rule, Slow) else rule
            return Fate(seconds, decided, query, self._version or TWENTY_1_0_3) if seconds or decided else UNHARMED

    def _route(self, method: str, path: str) -> Route | None:
        if path in (self._version or TWENTY_1_0_3).document_paths:
            return None
        try:
            return self._router.match(method, path)
        except IcosaError:
            return None

    def _strikes(self, at: int, rule: Rule) -> bool:
        self._matched[at] += 1
        count = self._matched[at]
        numbers = (rule.nth,) if isinstance(rule.nth, int) else rule.nth
        if count <= rule.after or (numbers is not None and count not in numbers):
            return False
        if rule.times is not None and self._struck[at] >= rule.times:
            return False
        return rule.share == 1 or Random(f"{self.seed}/{at}/{count}").random() < rule.share

    def __repr__(self) -> str:
        return f"<Faults by seed {self.seed}: {', '.join(map(str, self.rules)) or 'none'}; {len(self.log)} done>"
