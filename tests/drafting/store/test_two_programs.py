"""Whatever the wizard and another program do to a draft by turns, the last answer of each is in it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from mpfcheck.drafting.store.draft_file import DraftChangedError, DraftFile
from mpfcheck.drafting.store.errors import DraftMissingError
from mpfcheck.drafting.store.folders import Folders


class TwoPrograms(RuleBasedStateMachine):
    """The wizard writes the field ``ours``, the other program the field ``theirs``, in layouts of its own."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(mkdtemp())
        self.folders = Folders(self.folder / "drafts", self.folder / "state")
        self.path = self.folder / "one.json"
        self.file = DraftFile.create(self.path, {"ours": 0, "theirs": 0}, self.folders)
        self.draft = self.file.draft
        self.theirs = 0
        self.gone = False

    @rule()
    def we_answer(self) -> None:
        self.draft["ours"] = int(str(self.draft["ours"])) + 1
        try:
            self.file.save(self.draft)
        except DraftChangedError as error:
            assert not self.gone
            self.draft = error.conflict.resolve({})
            self.file.save(self.draft, settles=error.conflict)
        except DraftMissingError:
            assert self.gone
            self.file.save(self.draft, make_again=True)
            self.theirs = int(str(self.draft["theirs"]))
            self.gone = False
        assert json.loads(self.path.read_bytes()) == {"ours": self.draft["ours"], "theirs": self.theirs}
        assert self.file.generations()[0].draft() == self.draft

    @precondition(lambda self: not self.gone)
    @rule()
    def they_answer(self) -> None:
        self.theirs += 1
        self.path.write_text(json.dumps(json.loads(self.path.read_bytes()) | {"theirs": self.theirs}))

    @precondition(lambda self: not self.gone)
    @rule()
    def they_change_the_layout(self) -> None:
        self.path.write_text(json.dumps(json.loads(self.path.read_bytes()), indent=self.theirs % 5))

    @precondition(lambda self: not self.gone)
    @rule()
    def they_delete_it(self) -> None:
        self.path.unlink()
        self.gone = True

    @precondition(lambda self: not self.gone)
    @rule()
    def we_come_back(self) -> None:
        self.file.close()
        self.file = DraftFile.open(self.path, self.folders)
        assert self.file.draft == {"ours": self.draft["ours"], "theirs": self.theirs}
        assert self.file.unsaved is None
        self.draft = self.file.draft

    @precondition(lambda self: not self.gone)
    @rule()
    def somebody_takes_over_and_leaves(self) -> None:
        with DraftFile.open(self.path, self.folders, take_over=True) as other:
            assert other.draft == json.loads(self.path.read_bytes())

    @invariant()
    def all_that_is_kept_is_whole(self) -> None:
        assert len(self.file.generations()) <= 10
        for generation in self.file.generations():
            assert generation.draft().keys() == {"ours", "theirs"}

    def teardown(self) -> None:
        if hasattr(self, "file"):
            self.file.close()
            shutil.rmtree(self.folder)


TestTwoPrograms = TwoPrograms.TestCase
TestTwoPrograms.settings = settings(max_examples=15, stateful_step_count=15)
