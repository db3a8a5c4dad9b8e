r"""JSON text, and how values become JSON and JSON becomes values: one table of shapes serves both ways.

Reading is strict about what is there and passes over members that it does not know. Whatever a proposal holds, the
text has no character a terminal would act on: those are written as JSON escapes.
"""

from __future__ import annotations

import datetime
import json
import re
from codecs import getincrementaldecoder
from collections.abc import Callable, Hashable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache, lru_cache
from itertools import count
from json import JSONDecoder, JSONEncoder
from json.encoder import encode_basestring
from operator import attrgetter
from types import UnionType
from typing import IO, Any, cast, get_args, get_type_hints

from mpfcheck.frozen import Frozen, FrozenDict

__all__ = [
    "JsonStream",
    "UnreadableReportError",
    "found_in_words",
    "json_mistake",
    "json_of",
    "json_text",
    "members_of",
    "object_at",
    "parse_json",
    "plain_json",
    "printable",
    "read_json",
]

_encode = JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def json_text(value: object) -> str:
    r"""JSON text of plain data; unprintable characters and lone surrogates as ``\u`` escapes."""
    return printable(_encode(value))


MOST_NAMES = 2048
"""Members of objects with such names come again and again: expressions in the rules of a call."""
_DELETE = "\x7f"
"""The only ASCII character that JSON does not escape and that is not printable."""


def printable(text: str) -> str:
    r"""JSON text with unprintable characters and lone surrogates as ``\u`` escapes.

    Below the blank are no others: JSON has them as escapes.
    """
    if (_DELETE not in text) if text.isascii() else text.isprintable():
        return text
    return "".join(character if character.isprintable() else _escape(character) for character in text)


def _escape(character: str) -> str:
    number = ord(character)
    if number < 0x10000:
        return f"\\u{number:04x}"
    number -= 0x10000
    return f"\\u{0xD800 + (number >> 10):04x}\\u{0xDC00 + (number & 0x3FF):04x}"


class UnreadableReportError(ValueError):
    """A text that is not a report: what is wrong with it, and what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message} {hint}".rstrip())
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[type[UnreadableReportError], tuple[str, str]]:
        return type(self), (self.message, self.hint)


_FULL = {"InputReference": "InputReference in full"}
"""The shape of a class in a report of its own."""

_SHAPES = {
    "InputReference": "path line title acronym lead",
    "InputReference in full": "path line sha256 title acronym lead grant_requested total",
    "LeadReference": "name country",
    "CallReference": "id version sha256",
    "PassedOver": "path why",
    "Problem": "pointer line column severity message hint",
    "Result": "rule title severity status manual message fix fields missing sentence source",
    "Sentence": "id values limits",
    "ReadField": "pointer value line column",
    "SourceReference": "document section url authority",
    "Outlook": "eligible_possible because message bounds",
    "Change": "pointer from=old to=new minimal",
    "Assessment": "rule decision by on note older",
    "ProposalReport": (
        "input call as_of verdict parameters_changed=changed rules_chosen=chosen outlook repair assessments problems "
        "results"
    ),
    "RunSummary": "inputs passed_over complete interrupted inputs_sha256 shown",
    "Shown": "proposals of only",
    # several proposals together
    "NearlyEligible": "input call rule title fix copies",
    "Together": "call rule title severity status proposals copies items",
    "TogetherItem": "item label status message compared",
    "Compared": "amount operator limit unit",
    "LeadCountry": "country=code name proposals eligible requested copies",
    "SameProposal": "by inputs",
    "Counting": "latest_by same_by",
    "Resubmission": "latest others why",
    "Ranking": "by envelopes without_score",
    "RankedEnvelope": "call rule item label limit proposals",
    "Ranked": "rank input score amount sum fits tied",
    "SharedOrganisation": "by name country pics appearances",
    "SharedPic": "pic holders",
    "PicHolder": "name country appearances",
    "Appearance": "input role name country pic",
    # another date or another parameter
    "WhatIfResult": "as_of parameters=changed changes",
    "VerdictChange": "input verdict=before verdict_then=after rules",
    "StatusChange": "rule title status=before status_then=after",
    # calls side by side
    "Statement": "text rule weight condition authority value unit since",
}
"""The members of each kind of object, in the order in which they are written, by the name of its class.

``member=attribute`` where the two have different names. A list of proposals names each in short.
"""


@cache
def _members(shape: str) -> tuple[tuple[str, str], ...]:
    """The members of an object and the attributes that hold them."""
    pairs = (word.partition("=") for word in _SHAPES[shape].split())
    return tuple((name, attribute or name) for name, _, attribute in pairs)


def members_of(kind: type[Frozen]) -> tuple[tuple[str, str], ...]:
    """The members of an object of this class as it is read, and the attributes that hold them."""
    shape = next(one.__name__ for one in kind.__mro__ if one.__name__ in _SHAPES)
    return _members(_FULL.get(shape, shape))


def plain_json(value: Any) -> Any:
    """A value as plain JSON data: amounts are text, dates ISO 8601."""
    kind = type(value)
    if kind in _AS_IT_IS:
        return value
    write = _WRITERS.get(kind)
    if write is None:
        write = _WRITERS[kind] = _writer(kind)
    return write(value)


_AS_IT_IS = frozenset({str, int, bool, type(None)})
_WRITERS: dict[type, Callable[[Any], Any]] = {}
"""What writes each kind of value: found out once, for a batch has very many of them."""


def _writer(kind: type) -> Callable[[Any], Any]:
    if issubclass(kind, Enum):
        return attrgetter("value")
    if issubclass(kind, Frozen):
        names, attributes = zip(*_members(kind.__name__), strict=True)
        values = attrgetter(*attributes)

        def write(value: Frozen) -> dict[str, Any]:
            plain = [one if type(one) in _AS_IT_IS else plain_json(one) for one in values(value)]
            return dict(zip(names, plain, strict=True))

        return write
    if issubclass(kind, Mapping):
        return lambda value: {key: plain_json(inner) for key, inner in value.items()}
    if issubclass(kind, Decimal):
        return lambda value: f"{value:f}"
    if issubclass(kind, datetime.date):
        return lambda value: value.isoformat()
    return lambda value: [plain_json(item) for item in value]


def json_of(value: Any) -> str:
    """The JSON text of a value, as :func:`json_text` of :func:`plain_json` gives it, made in one go."""
    text = _TEXTS[type(value)](value)
    # As in ``printable``, which few need.
    return text if text.isascii() and _DELETE not in text else printable(text)


class _Texts(dict[type, Callable[[Any], str]]):
    """What writes each kind of value as JSON text."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        write = self[kind] = _text_writer(kind)
        return write


_text_of_name = lru_cache(MOST_NAMES)(encode_basestring)


_TEXTS = _Texts(
    {
        str: encode_basestring,
        int: int.__repr__,
        bool: {True: "true", False: "false"}.__getitem__,
        type(None): {None: "null"}.__getitem__,
    }
)


def _text_writer(kind: type) -> Callable[[Any], str]:
    texts = _TEXTS
    if issubclass(kind, Frozen):
        names, attributes = zip(*_members(kind.__name__), strict=True)
        values = attrgetter(*attributes)
        template = f"{{{', '.join(f'{encode_basestring(name)}: %s' for name in names)}}}"
        return lambda value: template % tuple([texts[type(one)](one) for one in values(value)])
    if issubclass(kind, Enum):
        return {code: encode_basestring(code.value) for code in kind}.__getitem__
    if issubclass(kind, tuple | list):
        return lambda value: f"[{', '.join([texts[type(one)](one) for one in value])}]" if value else "[]"
    if issubclass(kind, FrozenDict):
        return lambda value: (
            f"{{{', '.join([f'{_text_of_name(name)}: {texts[type(one)](one)}' for name, one in value.items()])}}}"
        )
    return lambda value: _encode(plain_json(value))


def object_at(value: object, pointer: str = "") -> Mapping[str, object]:
    """The value, which must be an object."""
    if isinstance(value, dict):
        return value
    raise _wrong(pointer, "an object")


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def read_json(hint: Any, value: object, pointer: str = "") -> Any:
    """The value that plain JSON data stands for, of a kind as annotations name it; ``pointer`` is the data's place.

    Raises :class:`UnreadableReportError` for data of another kind. A member that older versions did not write has the
    default of its class.
    """
    if hint is object:
        return _read_answer(value, pointer)
    kinds = get_args(hint)
    if type(None) in kinds:
        if value is None:
            return None
        hint = next(kind for kind in kinds if kind is not type(None))
        kinds = get_args(hint)
        if hint is int and (not isinstance(value, int) or isinstance(value, bool)):
            raise _wrong(pointer, "a whole number or null")
    if kinds and kinds[-1] is Ellipsis:
        return _read_list(kinds[0], value, pointer)
    if kinds:
        return _read_by_name(kinds[1], value, pointer)
    if issubclass(hint, Frozen):
        return _read_object(hint, value, pointer)
    if issubclass(hint, bool):
        return _checked(bool, value, pointer, "true or false")
    if issubclass(hint, Decimal):
        return _read_number(value, pointer)
    if not issubclass(hint, Enum):
        return _checked(hint, value, pointer, "a text" if hint is str else "a whole number")
    text = _checked(str, value, pointer, "a text")
    codes = [code.value for code in hint]
    if text not in codes:
        raise _wrong(pointer, f"one of {', '.join(codes)}")
    return hint(text)


def _read_number(value: object, pointer: str) -> Decimal:
    text = _checked(str, value, pointer, "an exact decimal as a text")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise _wrong(pointer, "an exact decimal") from None
    if not number.is_finite():
        raise _wrong(pointer, "an exact decimal")
    return number


def _read_object(kind: type[Frozen], value: object, pointer: str) -> Frozen:
    members, hints = object_at(value, pointer), _hints(cast("Hashable", kind))
    given = {}
    for name, attribute in members_of(kind):
        member = members.get(name)
        if member is not None or not hasattr(kind, attribute):
            given[attribute] = read_json(hints[attribute], member, f"{pointer}/{name}")
    return kind(**given)


def _read_list(hint: Any, value: object, pointer: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise _wrong(pointer, "a list")
    if hint is str and not all(isinstance(item, str) for item in value):
        raise _wrong(pointer, "a list of texts")
    return tuple(read_json(hint, item, f"{pointer}/{index}") for index, item in enumerate(value))


def _read_by_name(kind: type | UnionType, value: object, pointer: str) -> Mapping[str, Any]:
    if isinstance(kind, UnionType):
        return FrozenDict(
            {name: _read_value(inner, f"{pointer}/{name}") for name, inner in object_at(value, pointer).items()}
        )
    if not isinstance(value, dict) or not all(type(inner) is kind for inner in value.values()):
        raise _wrong(pointer, "an object of texts" if kind is str else "an object of whole numbers")
    return FrozenDict(value)


def _read_value(value: object, pointer: str) -> object:
    """A value in a sentence: a text, yes or no, nothing, or a list of these."""
    if isinstance(value, list):
        return tuple(_read_value(one, f"{pointer}/{number}") for number, one in enumerate(value))
    if value is None or isinstance(value, str | bool):
        return value
    raise _wrong(pointer, "a text, true, false, null, or a list of these")


def _read_answer(value: object, pointer: str) -> object:
    """One answer of a proposal: a text, a number, or yes or no."""
    if value is None or isinstance(value, str | int):
        return value
    raise _wrong(pointer, "a text, a whole number, true or false")


def _checked(kind: type, value: object, pointer: str, expected: str) -> Any:
    if isinstance(value, kind):
        return value
    raise _wrong(pointer, expected)


def _wrong(pointer: str, expected: str) -> UnreadableReportError:
    return UnreadableReportError(
        f"{pointer or 'The whole'} should be {expected}.", "Write the report again, or with this version of mpfcheck."
    )


_AS_JSON = "Write the report with mpfcheck check --format json."
"""A report may have been written in another format: what is wrong with it as JSON would help nobody."""


def _text_of(data: bytes) -> str:
    """The text of JSON, which is UTF-8; raises :class:`UnreadableReportError`."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf_8(error.start + 1) from None


def parse_json(data: bytes | str) -> object:
    """Parse JSON strictly: no duplicate names, no NaN; raises :class:`UnreadableReportError`."""
    text = data if isinstance(data, str) else _text_of(data)
    try:
        parsed: object = json.loads(text, parse_constant=_refuse, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise _broken(text.lstrip()[:1], json_mistake(error), error.lineno, error.colno) from None
    except RecursionError:
        raise _too_deep() from None
    return parsed


def _broken(start: str, message: str, line: int, column: int) -> UnreadableReportError:
    """What is said of a text with this first character that is not JSON at this place."""
    if start not in ("{", "["):
        return UnreadableReportError("This is not JSON.", _AS_JSON)
    return UnreadableReportError(
        f"This is not JSON: {message} (line {line}, column {column}).", "Write the report again."
    )


_EXPECTED = {
    "Expecting value": "a value",
    "Expecting ',' delimiter": "a comma or a closing bracket",
    "Expecting ':' delimiter": "a colon",
    "Expecting property name enclosed in double quotes": "a name in double quotes",
    "Extra data": "the end of the file",
}
_OTHERWISE = {
    "Illegal trailing comma": "unexpected comma after the last entry",
    "Unterminated string": "this text has no closing quotation mark",
    "Invalid control character": "a text in quotes cannot contain a line break or a control character",
    "Invalid \\escape": "the character after this backslash has no meaning",
    "Invalid \\uXXXX escape": "four hexadecimal digits are expected after this \\u",
}
"""What the parser says, by its first words, and the same in plain words; what is not here stays in its words."""


def json_mistake(error: json.JSONDecodeError) -> str:
    """What is wrong with a text that is not JSON, in plain words and without the place."""
    return _json_mistake(error.msg, error.doc[error.pos : error.pos + 1])


def _json_mistake(message: str, there: str) -> str:
    if message == "Expecting property name enclosed in double quotes" and there == "}":
        return "unexpected comma after the last entry"
    if message in _EXPECTED:
        return f"{found_in_words(there)}, but {_EXPECTED[message]} is expected"
    return next((words for start, words in _OTHERWISE.items() if message.startswith(start)), message)


def found_in_words(there: str) -> str:
    """What a reader came upon: a character, the end of a line, or nothing more."""
    if not there or there in "\r\n":
        return "the line ends" if there else "the file ends"
    return f"found {'a quotation mark' if there == chr(34) else json_text(there)}"


def _not_utf_8(byte: int) -> UnreadableReportError:
    return UnreadableReportError(f"Byte {byte} is not UTF-8.", f"A report is UTF-8. {_AS_JSON}")


def _too_deep() -> UnreadableReportError:
    return UnreadableReportError("This is nested too deeply to be a report.")


def _refuse(name: str) -> object:
    raise UnreadableReportError(f"This is not JSON: {name} is not a JSON value.")


def _twice(name: str) -> UnreadableReportError:
    return UnreadableReportError(f"The member {json_text(name)} occurs twice in one object.", "Write the report again.")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise _twice(next(name for index, (name, _) in enumerate(pairs) if name in dict(pairs[:index])))
    return members


_DECODER = JSONDecoder(parse_constant=_refuse, object_pairs_hook=_once)
_SPACE = re.compile(r"[ \t\n\r]*")
_AT_ONCE = 256 * 1024
"""Bytes."""
_LONGEST_SIGN = 4
"""So many characters after a number may still belong to it."""


class JsonStream:
    """JSON in a file, read as strictly as by :func:`parse_json`, value by value.

    Only the text of the value at hand is held. Every method raises :class:`UnreadableReportError`.
    """

    def __init__(self, file: IO[bytes]) -> None:
        """Start at the place where the file is."""
        self._file = file
        self._decoder = getincrementaldecoder("utf-8")()
        self._bytes = 0
        self._ended = False
        self._text = ""
        self._at = 0
        # The place of the first character that is held.
        self._line = self._column = 1
        while not self._text and self._more():
            pass
        self._text = self._text.removeprefix("\ufeff")
        self._start = self.next()

    def next(self) -> str:
        """The next character that is not white space, which is not taken; empty at the end."""
        while True:
            self._at = cast("re.Match[str]", _SPACE.match(self._text, self._at)).end()
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def goes_on(self, words: str) -> bool:
        """Whether the next characters after white space are these, which are not taken."""
        self.next()
        while len(self._text) - self._at < len(words) and self._more():
            pass
        return self._text.startswith(words, self._at)

    def take(self, sign: str, message: str) -> None:
        """Take a character; the message is for the error where another stands there."""
        if self.next() != sign:
            raise self._wrong(message, self._at)
        self._at += 1

    def value(self) -> Any:
        """Take a value."""
        self.next()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                # The rest of it may not have been read yet.
                if not self._more():
                    raise self._wrong(error.msg, error.pos) from None
            except RecursionError:
                raise _too_deep() from None
            else:
                if end + _LONGEST_SIGN <= len(self._text) or not self._more():
                    self._at = end
                    return value

    def items(self) -> Iterator[int]:
        """Take a list: each of its values is taken by whoever is given its number."""
        yield from self._between("[", "]")

    def members(self) -> Iterator[str]:
        """Take an object: each of its values is taken by whoever is given its name."""
        names: set[str] = set()
        for _ in self._between("{", "}"):
            if self.next() != '"':
                raise self._wrong("Expecting property name enclosed in double quotes", self._at)
            name = self.value()
            if name in names:
                raise _twice(name)
            names.add(name)
            self.take(":", "Expecting ':' delimiter")
            yield name

    def end(self) -> None:
        """Nothing may follow."""
        if self.next():
            raise self._wrong("Extra data", self._at)

    def _between(self, opening: str, closing: str) -> Iterator[int]:
        self.take(opening, "Expecting value")
        if self.next() != closing:
            for number in count():
                yield number
                if self.next() != ",":
                    break
                self._at += 1
        self.take(closing, "Expecting ',' delimiter")

    def _more(self) -> bool:
        """Let go of what was taken, and read on; False at the end of the file."""
        if self._ended:
            return False
        self._line, self._column = self._place(self._at)
        self._text, self._at = self._text[self._at :], 0
        # A value that is not whole yet is read again from its start: so it is not read again often.
        data = self._file.read(max(_AT_ONCE, len(self._text)))
        self._ended = not data
        waiting = len(self._decoder.getstate()[0])
        try:
            self._text += self._decoder.decode(data, final=self._ended)
        except UnicodeDecodeError as error:
            raise _not_utf_8(self._bytes - waiting + error.start + 1) from None
        self._bytes += len(data)
        return True

    def _place(self, at: int) -> tuple[int, int]:
        """The line and the column of a character that is held, both from 1."""
        lines = self._text.count("\n", 0, at)
        if not lines:
            return self._line, self._column + at
        return self._line + lines, at - self._text.rindex("\n", 0, at)

    def _wrong(self, message: str, at: int) -> UnreadableReportError:
        return _broken(self._start, _json_mistake(message, self._text[at : at + 1]), *self._place(at))
