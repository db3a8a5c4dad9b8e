"""Bytes as text: UTF-8, with or without a byte order mark; every other encoding is named and refused.

What can be read of a file in another encoding is read all the same, so that its other problems are told with the first.
"""

from __future__ import annotations

import codecs
from typing import Final

from mpfcheck.frozen import Frozen

__all__ = ["Decoded", "decode", "decode_foreign", "no_text"]

_AS_UTF8: Final = "Save the file as UTF-8. Editors offer it as the encoding under 'Save as'."

_PACKED: Final = b"\x1f\x8b"
_AS_PACKED: Final = "Give the file a name that ends in .json.gz or .jsonl.gz, or decompress it."

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PATTERNS: Final = (
    (b"{\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00{", "utf-32-be"),
    (b"{\x00", "utf-16-le"),
    (b"\x00{", "utf-16-be"),
)
_CONTROLS: Final = bytes({*range(32), 127} - set(b"\t\n\f\r"))
_TEXT_PER_CONTROL: Final = 50
"""In a text that a program damaged, there may be so many bytes for each control character."""
_AS_JSON: Final = "Give the proposal as a JSON file."
_HINTS: Final = {
    _PACKED: _AS_PACKED,
    b"PK\x03\x04": f"{_AS_JSON} If this is a budget, read it into a draft: mpfcheck budget read FILE DRAFT.",
    b"PAR1": f"{_AS_JSON} If mpfcheck export wrote this table: mpfcheck survey FILE.",
}
_OTHER_FILES: Final = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip archive, or a Word or Excel document"),
    (b"PAR1", "a Parquet table"),
    (_PACKED, "compressed with gzip"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (bytes(4), "a file of zero bytes"),
    (b"<", "an XML or HTML document"),
)
_FOREIGN: Final = tuple(start for start, _ in (*_OTHER_FILES, *_MARKS, *_PATTERNS))


class Decoded(Frozen):
    """The text, None where there is none; and what is wrong with the encoding, with the offset in the text."""

    text: str | None
    message: str = ""
    hint: str = ""
    offset: int = 0


def decode(data: bytes) -> Decoded:
    """The text of a file. Never raises."""
    foreign = decode_foreign(data)
    if foreign is not None:
        return foreign
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return Decoded(data.decode(), "", "", 0)
    except UnicodeDecodeError as error:
        binary = no_text(data)
        if binary is not None:
            return binary
        offset = len(data[: error.start].decode())
        # Each bad sequence becomes one character, so offsets before and after it stay what people see.
        text = data.decode(errors="replace")
        message = f"The byte 0x{data[error.start]:02X} is not UTF-8."
        return Decoded(text, message, f"The file seems to be saved as Windows-1252 or Latin-1. {_AS_UTF8}", offset)


def no_text(data: bytes) -> Decoded | None:
    """What there is of bytes that are no text in any encoding of one byte a character; None where they may be one.

    Such a text has hardly any control characters: of random bytes, every tenth is one.
    """
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls * _TEXT_PER_CONTROL <= len(data):
        return None
    return Decoded(None, "This is not a text file.", _AS_JSON)


def decode_foreign(data: bytes) -> Decoded | None:
    """What there is of a file that is no UTF-8 text at all by its first bytes; None where it may be."""
    if not data.startswith(_FOREIGN):
        return None
    for start, name in _OTHER_FILES:
        if data.startswith(start):
            return Decoded(None, f"This is {name}, not a JSON file.", _HINTS.get(start, _AS_JSON))
    for start, encoding in (*_MARKS, *_PATTERNS):
        if data.startswith(start):
            name = encoding[:6].upper()
            return Decoded(data.decode(encoding, "replace"), f"The file is saved as {name}, not UTF-8.", _AS_UTF8)
    return None
