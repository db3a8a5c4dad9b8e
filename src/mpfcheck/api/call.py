"""A call for Python programs: load it once, then check proposals against it.

Loading reads the files of the call. A check reads and writes no file and uses no clock. Threads may share a call.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Generator, Iterable, Iterator, Mapping, Sized
from contextlib import closing
from datetime import date, datetime
from decimal import localcontext
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from mpfcheck.api.given import ProposalSource, any_source, proposal_source
from mpfcheck.api.report import Report
from mpfcheck.checking.checker import invalid_report
from mpfcheck.checking.parameters import ParameterError, known_parameter, known_rule
from mpfcheck.checking.problems import call_named
from mpfcheck.checking.report import Outlook, ProposalReport, Repair, Status, Verdict
from mpfcheck.engine.check import Checked, Engine, check_against
from mpfcheck.engine.interruption import Interruption
from mpfcheck.engine.registry import Checkers, KeptCalls, Registry, Terms
from mpfcheck.engine.run import Finished, RunTerms
from mpfcheck.engine.stream import Stream
from mpfcheck.extra import need_solver
from mpfcheck.feel.values.value import ARITHMETIC
from mpfcheck.frozen import Frozen, FrozenDict, changed, made_once
from mpfcheck.packs.call import Call as CallData
from mpfcheck.packs.call import CodeList, DatedValue, Gap, Parameter
from mpfcheck.packs.entries import read_day
from mpfcheck.packs.find import UnknownCallError
from mpfcheck.packs.find import list_calls as list_call_data
from mpfcheck.packs.load import ANNEX_FILE
from mpfcheck.packs.load import load_call as load_call_data
from mpfcheck.packs.mistake import PackError
from mpfcheck.packs.rule import Source
from mpfcheck.proposal.values import kind_of, shown
from mpfcheck.reading.document import Document
from mpfcheck.report.words import VERDICT_MEANING

if TYPE_CHECKING:
    from mpfcheck.api.content import CallForm, CallRule
    from mpfcheck.checking.explain import Explanation
    from mpfcheck.checking.portfolio.summary import PortfolioSummary

__all__ = ["Call", "Day", "check", "check_many", "list_calls", "load_call", "portfolio", "read_date"]


Day: TypeAlias = date | str
"""A day, as a date or written like 2023-12-07."""


class Call(Frozen):
    """A call for proposals, to check proposals against. Immutable in depth. Threads and forked processes may share it.

    Two calls are equal if they have the same id, version and checksum.

    It can be pickled and sent to other processes: the copy contains the rules and reads no file. If your program forks
    while other threads check files that may be broken, use :class:`mpfcheck.Proposal` once before: Python cannot
    import a module in a forked process that another thread was importing at that moment.
    """

    in_short = ("id", "version")

    data: CallData

    def __init__(self, data: CallData) -> None:
        """Make ready what a first check would otherwise have to read from files."""
        super().__init__(data)
        for module in _USED_BY_CHECKS:
            import_module(module)
        self._checkers.get()

    @made_once
    def _checkers(self) -> Checkers:
        return Checkers(self.data)

    @property
    def id(self) -> str:
        """The id of the call, such as ``mpf-2023-borders-security``."""
        return self.data.id

    @property
    def title(self) -> str:
        """The title of the call."""
        return self.data.title

    @property
    def version(self) -> str:
        """The version of the rule pack."""
        return self.data.version

    @property
    def as_of(self) -> date:
        """The check date that is used if no other is given."""
        return self.data.as_of

    @property
    def summary(self) -> str:
        """What the call is about, in a few sentences."""
        return self.data.summary

    @made_once
    def rules(self) -> Mapping[str, CallRule]:
        """Its rules by their ids, in the order of the reports."""
        from mpfcheck.api.content import rule_of

        return FrozenDict({rule.id: rule_of(rule) for rule in self.data.rules})

    def rule(self, rule_id: str) -> CallRule:
        """The rule with this id; raises :class:`mpfcheck.UnknownRuleError`, and TypeError for what is not text."""
        return self.rules[known_rule(rule_id, self.data).id]

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """Its parameters by their names: limits, dates and the like, with all their values and sources.

        A what-if check can change them.
        """
        return self.data.parameters

    def parameter(self, name: str, *, on: Day | None = None) -> DatedValue | None:
        """The value of a parameter on a date (default: the check date of the call), and where it is from.

        It is None if no value is known for that date. ``parameters[name].unit`` is its unit: EUR, months, share (0.95
        is 95 %) or None. Raises :class:`mpfcheck.ParameterError` for an unknown name or an invalid date, and TypeError
        for an argument of a wrong type.
        """
        return known_parameter(name, self.data).at(read_date(on, "on") or self.as_of)

    @property
    def sources(self) -> Mapping[str, Source]:
        """The documents that its rules and limits come from, by the ids that citations name them by."""
        return self.data.sources

    @made_once
    def code_lists(self) -> Mapping[str, CodeList]:
        """The code lists that its rules use, by their ids; each code has its label."""
        from mpfcheck.api.content import code_list_of

        lists = self.data.code_lists.items()
        return FrozenDict({name: code_list_of(self.data, code_list) for name, code_list in lists})

    def label(self, code_list: str, code: str) -> str:
        """What people call a code: ``label("countries", "MD")`` is ``"Moldova"``; the code itself if nobody knows."""
        return self.data.label(code_list, code)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What the sources do not say about the call, and whom to ask."""
        return self.data.gaps

    @made_once
    def form(self) -> CallForm | None:
        """The form of the call: pages of questions with choices and help. None if the call has no form.

        It is read from its file when it is first asked for. Raises :class:`mpfcheck.PackError` for a broken form.
        """
        from mpfcheck.api.content import form_of
        from mpfcheck.forms.load import NoFormError, load_form

        try:
            return form_of(self.data, load_form(self.data))
        except NoFormError:
            return None

    @made_once
    def schema(self) -> Mapping[str, Any]:
        """The JSON Schema (draft 2020-12) of a proposal for this call, with what the call asks beyond common fields.

        It is read from its files when it is first asked for.
        """
        from mpfcheck.api.content import schema_of

        annex = self.data.files.get(ANNEX_FILE)
        return schema_of(self.data, None if annex is None else annex.read_bytes())

    def check(
        self,
        proposal: ProposalSource,
        *,
        as_of: Day | None = None,
        parameters: Mapping[str, object] | None = None,
        rules: Iterable[str] | None = None,
    ) -> Report:
        """Check one proposal and return the report. Mistakes in the proposal are problems in the report, never raised.

        ``as_of`` applies the rules and limits in force on that date (default: the check date of the call).
        ``parameters`` sets other values for parameters of the call, for a what-if check. ``rules`` are the ids of the
        rules to check (default: all). The report names all three. Raises :class:`mpfcheck.ParameterError` for an
        unknown parameter, a value that the parameter cannot have, an invalid date, and an empty list of rules;
        :class:`mpfcheck.UnknownRuleError` for an unknown rule; TypeError for an argument of a wrong type, the
        proposal included.
        """
        source = proposal_source(proposal)
        return self.report_on(source.document(), path=source.path, as_of=as_of, parameters=parameters, rules=rules)

    def verdict(
        self,
        proposal: ProposalSource,
        *,
        as_of: Day | None = None,
        parameters: Mapping[str, object] | None = None,
        rules: Iterable[str] | None = None,
    ) -> Verdict:
        """The verdict on one proposal alone, as fast as the rules themselves; arguments and errors as :meth:`check`."""
        return self._bare(proposal, _terms(as_of, parameters, rules)).verdict

    def statuses(
        self,
        proposal: ProposalSource,
        *,
        as_of: Day | None = None,
        parameters: Mapping[str, object] | None = None,
        rules: Iterable[str] | None = None,
    ) -> dict[str, Status]:
        """The status of every rule by its id, in the order of the reports, without sentences.

        It is as fast as the rules themselves. There are none for a file that is not a proposal. Arguments and errors
        are those of :meth:`check`.
        """
        return {result.rule: result.status for result in self._bare(proposal, _terms(as_of, parameters, rules)).results}

    def _bare(self, proposal: ProposalSource, terms: Terms) -> ProposalReport:
        source = proposal_source(proposal)
        checker = self._checkers.get(terms)
        document = source.document()
        if document.answers is None:
            return invalid_report(document.problems)
        # The caller's decimal context may be anything, and stays as it is.
        with localcontext(ARITHMETIC):
            return checker.bare_report(document.answers)

    def ready(
        self,
        *,
        as_of: Day | None = None,
        parameters: Mapping[str, object] | None = None,
        rules: Iterable[str] | None = None,
    ) -> None:
        """Prepare checks with these arguments before the first proposal. Raises the same errors as :meth:`check`."""
        self._checkers.get(_terms(as_of, parameters, rules))

    def report_on(
        self,
        document: Document,
        *,
        path: str | None = None,
        line: int | None = None,
        as_of: Day | None = None,
        parameters: Mapping[str, object] | None = None,
        rules: Iterable[str] | None = None,
    ) -> Report:
        """Check a document that was already read, from ``line`` of JSON Lines; otherwise like :meth:`check`."""
        checker = self._checkers.get(_terms(as_of, parameters, rules))
        return _report(check_against(checker, document, document.reference(path, line)))

    def explain(
        self,
        proposal: ProposalSource,
        rule: str,
        *,
        as_of: Day | None = None,
        parameters: Mapping[str, object] | None = None,
    ) -> tuple[Explanation, ...]:
        """Why a rule came out as it did: its conditions with the values of a proposal in them, part by part.

        There is an explanation for each condition, and for each item if the rule looks at the items of a list. There is
        none for a file that is not a proposal. Raises the same errors as :meth:`check`, and
        :class:`mpfcheck.UnknownRuleError` for an unknown rule.
        """
        source = proposal_source(proposal)
        rule_id = known_rule(rule, self.data).id
        checker = self._checkers.get(_terms(as_of, parameters, None))
        document = source.document()
        if document.answers is None:
            return ()
        with localcontext(ARITHMETIC):
            return Checked(checker.bare_report(document.answers), document, checker).explain(rule_id)

    def outlook(
        self, proposal: ProposalSource, *, as_of: Day | None = None, parameters: Mapping[str, object] | None = None
    ) -> Outlook:
        """Whether any way of answering the rest can still make a proposal eligible, told from all blocking rules.

        It takes a hundred times as long as a check, and no more than some seconds: what is not found out in time is not
        known. Raises as :meth:`check`, and :class:`mpfcheck.SolverMissingError`, a ModuleNotFoundError, where the
        extra ``prove`` is not installed.
        """
        return self._look_ahead("call.outlook", proposal, as_of, parameters)[0]

    def repair(
        self, proposal: ProposalSource, *, as_of: Day | None = None, parameters: Mapping[str, object] | None = None
    ) -> Repair | None:
        """The smallest change of answers that makes a proposal eligible, or lets it become so; None for none needed.

        The form of the call says which answers can be changed, and is read for it. What is found was checked. Otherwise
        like :meth:`outlook`.
        """
        return self._look_ahead("call.repair", proposal, as_of, parameters)[1]

    def _look_ahead(
        self, what: str, proposal: object, as_of: Day | None, parameters: Mapping[str, object] | None
    ) -> tuple[Outlook, Repair | None]:
        need_solver(what)
        source = proposal_source(proposal)
        from mpfcheck.proving.outlook import outlook_and_repair

        document = source.document()
        checker = self._checkers.get(_terms(as_of, parameters, None))
        if document.answers is None:
            return Outlook(eligible_possible=None, message=VERDICT_MEANING[Verdict.INVALID]), None
        return outlook_and_repair(checker, document.answers)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Call):
            return NotImplemented
        return self is other or self._identity() == other._identity()

    def __hash__(self) -> int:
        return hash(self._identity())

    def _identity(self) -> tuple[str, str, str]:
        return self.data.id, self.data.version, self.data.sha256

    def engine(self, terms: Terms) -> Engine:
        """What checks against this call on these terms, which name it."""
        return Engine(Registry(loaded=[self._checkers]), terms)

    def __reduce__(self) -> tuple[type[Call], tuple[CallData]]:
        return type(self), (self.data,)


def load_call(call_id: str, folders: Iterable[Path | str] = ()) -> Call:
    """Load a call by its id.

    It is searched in ``folders`` (each a folder of calls, or the folder of one call), then among the calls that come
    with mpfcheck, then in installed packages with the entry point ``mpfcheck.calls``. Raises
    :class:`mpfcheck.UnknownCallError` for an unknown id, :class:`mpfcheck.PackError` for a pack with mistakes,
    TypeError for an id that is not text, and OSError (FileNotFoundError, NotADirectoryError or PermissionError) for a
    folder that cannot be looked into.
    """
    if not isinstance(call_id, str):
        raise TypeError(f"The id of a call is a text, not {kind_of(call_id)}.")
    return Call(load_call_data(call_id, _paths(folders), whole=True))


def list_calls(folders: Iterable[Path | str] = ()) -> tuple[str, ...]:
    """List the ids of all calls: in these folders, with mpfcheck, and in installed packages. Loads no call.

    Raises OSError for a folder that cannot be looked into, as :func:`load_call`.
    """
    return list_call_data(_paths(folders))


def check(
    proposal: ProposalSource,
    *,
    folders: Iterable[Path | str] = (),
    as_of: Day | None = None,
    parameters: Mapping[str, object] | None = None,
    rules: Iterable[str] | None = None,
) -> Report:
    """Check one proposal against the call that it names, and return the report.

    The call is searched as in :func:`load_call`. A proposal that names no call, or an unknown call, is invalid. The
    call is kept for the next check, and loaded again when its files have changed. Raises the same errors as
    :meth:`Call.check` and :func:`load_call`, except for an unknown call.
    """
    folders = _paths(folders)
    source = proposal_source(proposal)
    terms = _terms(as_of, parameters, rules)
    document = source.document()
    registry = Registry(folders, whole=True, loaded=_loaded(document, folders))
    engine = Engine(registry, terms, choose="load the call with load_call and check against it")
    checked = engine.check(document, source.path)
    if checked.broken is not None:
        raise checked.broken
    return _report(checked)


_kept = KeptCalls()


def _loaded(document: Document, folders: tuple[Path, ...]) -> tuple[Checkers, ...]:
    """The checkers of the call that a proposal names, if it can be used."""
    named = None if document.answers is None else call_named(document.answers)
    if named is None or "@" in named:
        return ()
    try:
        return (_kept.checkers(named, folders),)
    except (UnknownCallError, PackError):
        return ()


def check_many(
    call: Call,
    proposals: Iterable[object],
    *,
    as_of: Day | None = None,
    parameters: Mapping[str, object] | None = None,
    rules: Iterable[str] | None = None,
    jobs: int = 1,
) -> Iterator[Report]:
    """Check many proposals and yield their reports in order, in constant memory; otherwise like :meth:`Call.check`.

    An item that is not a proposal, such as the None or NaN of an empty cell, has an invalid report, and the others are
    still checked. If mpfcheck itself fails on an item, its report is inconclusive and says so. Wrong arguments raise an
    error at once, before the first proposal is read.

    With ``jobs``, up to so many other processes check beside this one where that pays: for a list (or what else has a
    length) of 2000 proposals or more, and for other iterables from the thousandth proposal on. To start a process takes
    as long as to check some 500 proposals. They are started as :mod:`multiprocessing` spawns processes: a program that
    is a file of its own needs ``if __name__ == "__main__":`` around what it does. They end with the iterator.
    """
    _, stream = _stream(call, proposals, as_of, parameters, rules, jobs)

    def reports() -> Iterator[Report]:
        with closing(stream):
            for finished in stream:
                yield from map(_report, finished.checked)

    return reports()


def portfolio(
    call: Call,
    proposals: Iterable[object],
    *,
    as_of: Day | None = None,
    parameters: Mapping[str, object] | None = None,
    jobs: int = 1,
) -> PortfolioSummary:
    """Check many proposals and return what is known of them together; arguments and errors as :func:`check_many`.

    It counts verdicts and findings, applies the rules about all eligible proposals (such as a budget envelope), and
    names repeated proposals, shared organisations and proposals that one rule alone keeps from being eligible. Of each
    proposal a few facts are kept in memory, not its report.
    """
    from mpfcheck.engine.portfolio import Portfolio

    engine, stream = _stream(call, proposals, as_of, parameters, None, jobs, together=True)
    collected = Portfolio()
    with closing(stream):
        for finished in stream:
            for entry in finished.entries:
                collected.add_entry(entry)
            for checked in () if finished.entries else finished.checked:
                checked.count_in(collected)
    return collected.summary(engine.checker_of)


def _stream(
    call: Call,
    proposals: Iterable[object],
    as_of: Day | None,
    parameters: Mapping[str, object] | None,
    rules: Iterable[str] | None,
    jobs: int,
    *,
    together: bool = False,
) -> tuple[Engine, Generator[Finished, None, None]]:
    """What checks these proposals, and what comes out of them. Wrong arguments are raised at once."""
    if not isinstance(call, Call):
        raise TypeError(f"Give a call, such as load_call(…) makes, not {kind_of(call)}.")
    if isinstance(proposals, str | bytes | Mapping | Path) or not isinstance(proposals, Iterable):
        raise TypeError("Give the proposals as a list or another iterable; for one, there is call.check(…).")
    if not isinstance(jobs, int) or isinstance(jobs, bool):
        raise TypeError(f"jobs is a number of processes, not {kind_of(jobs)}.")
    if jobs < 1:
        raise ParameterError(f"jobs cannot be {jobs}: give 1 or more processes.")
    terms = changed(_terms(as_of, parameters, rules), call_id=call.id)
    engine = call.engine(terms)
    engine.ready()
    run_terms = RunTerms((), terms, calls=(call.data,), together=together)
    if not isinstance(proposals, Sized):
        pays_after = PAYS_UNCOUNTED_AFTER
    elif len(proposals) >= PAYS_FROM:
        pays_after = 0
    else:
        pays_after, jobs = 0, 1
    stream = Stream(run_terms, engine, jobs=jobs, interruption=Interruption(), pays_after=pays_after)
    return engine, stream.finished(map(any_source, proposals))


PAYS_FROM: Final = 2000
"""So many proposals in two processes take less time than in one, though more processor time."""
PAYS_UNCOUNTED_AFTER: Final = 1000
"""We do not know how many proposals follow; we assume the same number again."""

_USED_BY_CHECKS = (
    "mpfcheck.packs.vocabulary",
    "mpfcheck.checking.compiled",
    "mpfcheck.checking.compiled_half_filled",
    "mpfcheck.checking.sentences",
    "mpfcheck.feel.compile.compiler",
    "mpfcheck.feel.compile.fields_read",
    "mpfcheck.feel.check.expression",
    "mpfcheck.feel.evaluate.patterns.pattern",
    "mpfcheck.feel.evaluate.prepared",
    "mpfcheck.reading.encoding",
    "mpfcheck.reading.json_text",
    "mpfcheck.reading.places",
)
"""Modules that the check of a proposal may need.

Python keeps a module locked while it imports it. A process that is forked off then could never import it. The slow
modules that only find what is wrong with a file are not among them.
"""


def _report(checked: Checked) -> Report:
    return Report(**vars(checked.report))


def _terms(as_of: object, parameters: Mapping[str, object] | None, rules: Iterable[str] | None) -> Terms:
    """The terms that were given; raises TypeError and ParameterError."""
    given = {} if parameters is None else parameters
    if not isinstance(given, Mapping):
        raise TypeError(f'Give parameters as a dict, such as {{"name": value}}, not {kind_of(given)}.')
    return Terms(None, read_date(as_of), tuple(given.items()), None if rules is None else _ids(rules))


def _paths(folders: Iterable[Path | str]) -> tuple[Path, ...]:
    if isinstance(folders, str | Path) or not isinstance(folders, Iterable):
        raise TypeError("Give the folders of calls as a list: [folder].")
    found = tuple(folders)
    for folder in found:
        if not isinstance(folder, str | Path):
            raise TypeError(f"A folder of calls is a Path or a text, not {kind_of(folder)}.")
        _refuse_missing(os.fspath(folder))
    return tuple(map(Path, found))


def _refuse_missing(folder: str) -> None:
    """Refuse a folder that cannot be looked into, in the words of the command line, which asks the same of --rules."""
    named = f"Directory {folder!r}"
    try:
        mode = os.stat(folder).st_mode
    except (OSError, ValueError) as error:
        raise FileNotFoundError(f"{named} does not exist.") from error
    if not stat.S_ISDIR(mode):
        raise NotADirectoryError(f"{named} is a file.")
    if not os.access(folder, os.R_OK):
        raise PermissionError(f"{named} is not readable.")


def read_date(given: object, name: str = "as_of") -> date | None:
    """A day that was given as the argument ``name``, a date or text; raises TypeError and ParameterError."""
    if given is None or (isinstance(given, date) and not isinstance(given, datetime)):
        return given
    if isinstance(given, datetime):
        raise TypeError(f"{name} is a day, not a moment: give a date, such as moment.date().")
    if not isinstance(given, str):
        raise TypeError(f"{name} is a date, or a text such as 2023-12-07, not {kind_of(given)}.")
    day = read_day(given)
    if day is None:
        raise ParameterError(f"{name} cannot be {shown(given)}: write year, month and day, such as 2023-12-07.")
    return day


def _ids(rules: Iterable[str]) -> tuple[str, ...]:
    if isinstance(rules, str):
        raise TypeError(f"Give the ids of rules as a list: [{shown(rules)}].")
    if not isinstance(rules, Iterable):
        raise TypeError(f"Give the ids of rules as a list, not {kind_of(rules)}.")
    ids = tuple(rules)
    for rule_id in ids:
        if not isinstance(rule_id, str):
            raise TypeError(f"The id of a rule is a text, not {kind_of(rule_id)}.")
    return ids
