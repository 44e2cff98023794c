"""What other rooms look up about a field type, so that a type is told in one place."""

from typing import Any, Literal, NamedTuple


class Look(NamedTuple):
    """How a value is shown to a person, in a table or a line of facts.

    `worth` is why it is worth a column of a list: somebody is reached by it, it is looked for and sorted by, it is a
    moment, it is a common key such as a number to call, there is nothing special about it, it seldom tells anything, or
    it never does.  `whole` values mean nothing, or something else, when they are cut; `wide` ones are addresses, which
    need more room; `right` ones are aligned so.  `fact` is the place among the facts of a record in one line, 0 for none,
    and `labelled` is whether a fact needs its label to be understood.
    """

    worth: Literal["reach", "sought", "moment", "key", "plain", "seldom", "never"] = "plain"
    whole: bool = False
    wide: bool = False
    right: bool = False
    fact: int = 0
    labelled: bool = False


class About(NamedTuple):
    """What is known of a type beside what its values are; parts are said by name.

    `example` is a value as JSON; where there is none, a field's own options or its label are one.  `hint` says what a
    value looks like, as a sentence with {example} and {options}.  `primary` is the part that a field is known by,
    `further` the one that lists what it has beside it.  `whole` are the parts that one text for the whole field says,
    where they are others than `primary`.  `searched` are those that people look in for a word.  `words` are what headings
    call the whole field, whatever its name, folded; those of its parts stand with the parts.  `keywords` are texts that are
    taken in place of a value.  `name` is whether it is what a person is called.  `kept` is whether the workspace says
    it itself, whatever is sent.  `any_text` is whether "n/a" may be meant in it, `prose` whether it is a text of many lines.
    `written_whole` are parts that other servers empty where a change leaves them out.  `look` is how it is shown.
    """

    example: Any = None
    hint: str = ""
    primary: str = ""
    further: str = ""
    whole: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()
    words: str = ""
    keywords: tuple[str, ...] = ()
    name: bool = False
    kept: bool = False
    any_text: bool = False
    prose: bool = False
    written_whole: tuple[str, ...] = ()
    look: Look = Look()

    @property
    def said_by_whole(self) -> tuple[str, ...]:
        """The parts that one text for the whole field says; none where the field is one value anyway."""
        return self.whole or ((self.primary,) if self.primary else ())
