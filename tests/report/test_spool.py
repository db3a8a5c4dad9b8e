"""What goes into a spool comes out as it was, wherever it waited."""

from __future__ import annotations

import errno
import io
import tempfile

import pytest

from mpfcheck.report import spool
from mpfcheck.report.as_markdown import MarkdownReporter
from mpfcheck.report.formats import reporter_of
from mpfcheck.report.reporter import Reporter, Write
from mpfcheck.report.spool import Spool
from tests.report.samples import EVERY

PIECES = ["", "a\n", "\r\n\r", "é国\U0001f600", "\udcff lone", "x" * 50, "end"]


@pytest.mark.parametrize("held", [0, 1, 30, 10**6])
def test_it_gives_back_what_it_took(monkeypatch: pytest.MonkeyPatch, held: int) -> None:
    monkeypatch.setattr(spool, "MOST_HELD", held)
    monkeypatch.setattr(spool, "AT_ONCE", 7)
    kept = Spool(str)
    assert "".join(kept) == ""
    for count, piece in enumerate(PIECES, 1):
        kept.write(piece)
        assert "".join(kept) == "".join(PIECES[:count])


@pytest.mark.parametrize("reporter_to", [MarkdownReporter, lambda write: reporter_of("json", write, version="1")])
def test_a_report_is_the_same_wherever_it_waited(monkeypatch: pytest.MonkeyPatch, reporter_to: type[Reporter]) -> None:
    def written() -> str:
        pieces: list[str] = []
        write: Write = pieces.append
        reporter = reporter_to(write)  # type: ignore[call-arg]  # each takes where to write
        for one in EVERY:
            reporter.add(one)
        reporter.finish()
        return "".join(pieces)

    in_memory = written()
    monkeypatch.setattr(spool, "MOST_HELD", 100)
    assert written() == in_memory


def test_where_the_room_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file that waits has no name to say it by."""

    class Full(io.StringIO):
        def writelines(self, _: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(spool, "MOST_HELD", 1)
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda *_, **__: Full())
    with pytest.raises(OSError, match="No space left on device") as refused:
        Spool(str).write("some text")
    assert refused.value.filename == tempfile.gettempdir()
