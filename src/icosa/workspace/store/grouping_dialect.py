"""What differs between databases where records are grouped, as `Dialect` has the rest."""

from collections.abc import Sequence
from typing import Literal, Protocol

from icosa.catalogue.columns import Column
from icosa.wire.language.aggregate import Aggregation
from icosa.wire.language.group_by import Granularity

Computation = Literal[Aggregation.LEAST, Aggregation.GREATEST, Aggregation.MEAN, Aggregation.SUM]


class GroupingDialect(Protocol):
    def local_day(self, moment: str, zone: str) -> str:
        """An expression for the day that a moment is on by the clocks of a zone, whose name is known to be one."""

    def granular(self, day: str, granularity: Granularity, week: int) -> str:
        """An expression for the first day of the span that a day is in, weeks beginning on day `week` of those from Monday on;
        or for the number from 1 of a day, month or quarter that comes again."""

    def groupable(self, column: Column, sql: str) -> str:
        """An expression by which rows are grouped that are equal in a column."""

    def sortable(self, column: Column, sql: str) -> str:
        """An expression that sorts what `groupable` or `computed` made, in the same order in every database."""

    def json_of_list(self, column: Column, sql: str) -> str:
        """An expression for the JSON of what `groupable` made of a list, never NULL: choices as PostgreSQL writes them,
        "{RED,BLUE}", and texts as a list."""

    def unnested(self, sql: str, alias: str) -> tuple[str, str]:
        """A join that gives a row for each item of a list, and one where there is none; and an expression for the item."""

    def filled(self, column: Column, sql: str) -> str:
        """An expression with a value that compares, NULL where a column has none, or one that is as good as none."""

    def together(self, expressions: Sequence[str]) -> str:
        """An expression for a text that differs where any of the values differs."""

    def computed(self, kind: Computation, column: Column, sql: str) -> str:
        """An aggregate over a column of numbers, decimals or dates, NULL where there is no value.  Decimals are exact."""

    def quotient(self, dividend: str, divisor: str) -> str:
        """An expression for two whole numbers divided, as a decimal text with as many digits as PostgreSQL gives it."""

    def listed(self, expression: str) -> str:
        """An aggregate that joins texts by commas, in the order of the rows."""

    def sampled(self, key: str, condition: str, order: str) -> str:
        """An aggregate that holds the keys of the rows that meet a condition, in an order."""

    def shown_sample(self, keys: str, table: str, record: str) -> str:
        """An expression for the JSON of the records of a table with these keys, joined by commas; `record` is what makes
        one without its opening brace, of columns that stand in it by their own names."""
