"""The rules of a call as Python functions over answers: the fast path to the statuses of an answered proposal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple, Protocol, TypeAlias, TypeVar

from mpfcheck.checking.judgement import Judgement, judge, judge_items, together, worst
from mpfcheck.checking.names import ProposalNames
from mpfcheck.checking.report import Status
from mpfcheck.feel.compile.compiler import Code, Compiler, call, functions_of, name_of, share_first
from mpfcheck.feel.errors import UNREADY, NotCompilableError, UnreadyError
from mpfcheck.frozen import made_once
from mpfcheck.packs.rule import Rule, RuleScope

if TYPE_CHECKING:
    import ast

    from mpfcheck.feel.compile.fields_read import ReadingCompiler
else:
    from mpfcheck.feel.compile import nodes as ast

__all__ = [
    "Answers",
    "CompiledCause",
    "CompiledJudgement",
    "JudgeAll",
    "RuleJudge",
    "compile_rules",
    "give",
    "statuses_of",
]


Answers = Mapping[str, object]

Reading: TypeAlias = Callable[[Answers, Mapping[int, str], Sequence[int]], "tuple[list[object], dict[str, object]]"]
"""The items at these places of the list that a rule speaks of, None for the proposal itself, and the fields that the
rule reads of them, by their pointers, with the answers; leaves by one of ``errors.UNREADY``."""

_Otherwise = TypeVar("_Otherwise")


class JudgeAll(Protocol):
    """Tells what each rule says of answers."""

    def __call__(
        self,
        answers: Answers,
        reference: Callable[[Rule], _Otherwise],
        unready: Callable[[int], _Otherwise],
        notes: set[int] | None,
        /,
    ) -> tuple[Status | _Otherwise, ...]:
        """Ask ``reference`` of a rule what code can never tell.

        Ask ``unready``, with the number of the rule, where it needs what is not answered, or comes upon what FEEL calls
        null.

        ``notes`` gets the numbers of the rules that pass and have something to note, also of those whose note code can
        never tell; then a rule is unready where its note is. With None for it no note is looked at.
        """


_NAMES: Mapping[str, object] = {
    "UNREADY": UNREADY,
    "UnreadyError": UnreadyError,
    **{status.name: status for status in Status},
}
_PASS, _UNDECIDED = Status.PASS, Status.UNDECIDED
_SILENT: Final = (Status.PASS, Status.NOT_APPLICABLE)
"""To look a status up in its class takes many times as long, and every finding asks for several."""
_UNREADY: Final[list[ast.stmt]] = [ast.Raise(name_of("UnreadyError"))]
_NOT_APPLICABLE: Final = name_of(Status.NOT_APPLICABLE.name)


def compile_rules(rules: Sequence[Rule], compiler: Compiler) -> JudgeAll:
    """The code of all rules in one function: what several need is worked out once for a proposal."""
    statements: list[ast.stmt] = []
    # What an earlier rule could not work out has no value where a later one needs it too.
    names = {**_NAMES, "UNREADY": (*UNREADY, NameError)}
    names |= {f"rule_{number}": rule for number, rule in enumerate(rules)}
    variables = [f"status_{number}" for number in range(len(rules))]
    for number, (rule, variable) in enumerate(zip(rules, variables, strict=True)):
        reference = call(name_of("reference"), name_of(f"rule_{number}"))
        try:
            judged = compiler.statements(partial(_status, rule, compiler, variable, reference, number))
        except NotCompilableError:
            statements.append(_set(variable, reference))
            continue
        unready = _set(variable, call(name_of("unready"), ast.Constant(number)))
        statements.append(ast.Try(judged, [ast.ExceptHandler(name_of("UNREADY"), None, [unready])], [], []))
    statements.append(ast.Return(ast.Tuple([name_of(variable) for variable in variables], ast.Load())))
    function = compiler.inner("judge", ["answers", "reference", "unready", "notes"], statements)
    made: JudgeAll = functions_of([function], {**compiler.names, **names})["judge"]
    return made


class _NoteTaker:
    """Makes the code that keeps the number of a rule that passes in ``notes``, if it may have something to note.

    The note is looked at right where the rule is met: so that no second walk over a list is needed, and what both
    conditions look at first is worked out once.
    """

    def __init__(self, rule: Rule, compiler: Compiler, number: int) -> None:
        """Take the ``number`` of the rule; ``before`` are the statements that must come before those of the rule."""
        self.before: list[ast.stmt] = []
        self._note = rule.note
        self._compiler = compiler
        self._wanted = ast.Compare(name_of("notes"), [ast.IsNot()], [ast.Constant(None)])
        self._keep: list[ast.stmt] = [
            ast.Expr(call(ast.Attribute(name_of("notes"), "add", ast.Load()), ast.Constant(number)))
        ]

    def take(self, met: ast.expr, scope: Mapping[str, Code]) -> tuple[ast.expr, list[ast.stmt]]:
        """The condition that says whether the rule is ``met``, to use in its place, and what to do where it is."""
        if self._note is None:
            return met, []
        try:
            definitions, applies = self._compiler.apart(partial(self._compiler.condition, self._note.when.tree, scope))
        except NotCompilableError:
            return met, [ast.If(self._wanted, self._keep, [])]
        if definitions:
            self.before.append(ast.If(self._wanted, definitions, []))
        met, applies = share_first(met, applies, self._compiler.variable())
        return met, [ast.If(ast.BoolOp(ast.And(), [self._wanted, applies]), self._keep, [])]


def _status(rule: Rule, compiler: Compiler, variable: str, reference: ast.expr, number: int) -> list[ast.stmt]:
    """Set the variable to what a rule says of a proposal, and keep its number if it passes with something to note.

    ``reference`` asks the reference, where code can tell whether the rule is met, but not whether it is in doubt.
    """
    if rule.scope is RuleScope.PORTFOLIO:
        return [_set(variable, _NOT_APPLICABLE)]
    note = _NoteTaker(rule, compiler, number)
    if rule.for_each is not None:
        judged = _judge_list(rule, compiler, variable, reference, note)
    else:
        unsure = [_set(variable, reference)]
        judged = _judge(rule, compiler, {}, lambda status: [_set(variable, name_of(status.name))], unsure, note)
    return [*note.before, *judged]


def _judge_list(rule: Rule, compiler: Compiler, variable: str, reference: ast.expr, note: _NoteTaker) -> list[ast.stmt]:
    """A loop that keeps the worst status so far in the variable; a failing item settles it."""

    def keep(status: Status) -> list[ast.stmt]:
        if status is Status.NOT_APPLICABLE:
            return [ast.Pass()]
        if status is Status.PASS:
            if rule.when is None:
                return [ast.Pass()]
            untouched = ast.Compare(name_of(variable), [ast.Is()], [_NOT_APPLICABLE])
            return [ast.If(untouched, [_set(variable, name_of(status.name))], [])]
        return [_set(variable, name_of(status.name)), *([ast.Break()] if status is Status.FAIL else [])]

    def body(scope: Mapping[str, Code]) -> list[ast.stmt]:
        return _judge(rule, compiler, scope, keep, [_set(variable, reference), ast.Break()], note)

    loop = _loop(rule, compiler, body)
    first: ast.expr = _NOT_APPLICABLE
    before: list[ast.stmt] = []
    if rule.when is None:
        # A rule that applies to every item is met until one says otherwise.
        if not isinstance(loop.iter, ast.Name):
            items = compiler.variable()
            before = [_set(items, loop.iter)]
            loop.iter = name_of(items)
        first = ast.IfExp(loop.iter, name_of(Status.PASS.name), _NOT_APPLICABLE)
    return [*before, _set(variable, first), loop]


def _judge_items(rule: Rule, compiler: Compiler) -> list[ast.stmt]:
    """A loop that collects what the rule says of each item, and None where an item leaves the code."""

    def body(scope: Mapping[str, Code]) -> list[ast.stmt]:
        judged = _judge(rule, compiler, scope, lambda status: _collect(name_of(status.name)), _UNREADY)
        unready = ast.ExceptHandler(name_of("UNREADY"), None, _collect(ast.Constant(None)))
        return [ast.Try(judged, [unready], [], [])]

    return [_collection(), _loop(rule, compiler, body), ast.Return(name_of("found"))]


def _noted(rule: Rule, compiler: Compiler) -> list[ast.stmt]:
    """Whether the note applies to each item, or to the proposal, of answers the rule passes."""
    note = rule.note
    if note is None:
        raise NotCompilableError("no note")
    yes, no = (_collect(ast.Constant(value=applies)) for applies in (True, False))

    def body(scope: Mapping[str, Code]) -> list[ast.stmt]:
        found: list[ast.stmt] = [ast.If(compiler.condition(note.when.tree, scope), yes, no)]
        return found if rule.when is None else [ast.If(compiler.condition(rule.when.tree, scope), found, no)]

    statements = body({}) if rule.for_each is None else [_loop(rule, compiler, body)]
    return [_collection(), *statements, ast.Return(name_of("found"))]


def _collection() -> ast.stmt:
    return ast.Assign([ast.Name("found", ast.Store())], ast.List([], ast.Load()))


def _collect(item: ast.expr) -> list[ast.stmt]:
    return [ast.Expr(call(ast.Attribute(name_of("found"), "append", ast.Load()), item))]


def _loop(rule: Rule, compiler: Compiler, body: Callable[[Mapping[str, Code]], list[ast.stmt]]) -> ast.For:
    """``for`` each item the rule speaks of, with the statements of ``body``."""
    if rule.for_each is None or rule.item is None:
        raise NotCompilableError("no list")
    items, item_type = compiler.list_of(rule.for_each.tree)
    variable = compiler.variable()
    with compiler.inside():
        statements = body({rule.item: Code(name_of(variable), item_type)})
    return ast.For(ast.Name(variable, ast.Store()), items, statements, [])


def _judge(
    rule: Rule,
    compiler: Compiler,
    scope: Mapping[str, Code],
    end: Callable[[Status], list[ast.stmt]],
    unsure: list[ast.stmt],
    note: _NoteTaker | None = None,
) -> list[ast.stmt]:
    """What a rule says, once; ``end`` is what to do about it, ``unsure`` what to do where the reference must tell.

    ``note`` adds what to do about its note where it is met.
    """
    if rule.require is None:
        judged = end(Status.REVIEW)
    else:
        broken = end(Status.FAIL)
        if rule.doubt is not None:
            try:
                broken = [ast.If(compiler.condition(rule.doubt.tree, scope), end(Status.REVIEW), broken)]
            except NotCompilableError:
                # Mostly the rule is met, and nobody asks whether it is in doubt.
                broken = unsure
        met, kept = compiler.condition(rule.require.tree, scope), end(Status.PASS)
        if note is not None:
            met, more = note.take(met, scope)
            kept = [*kept, *more]
        judged = [ast.If(met, kept, broken)]
    if rule.when is None:
        return judged
    return [ast.If(compiler.condition(rule.when.tree, scope), judged, end(Status.NOT_APPLICABLE))]


def _compile_reading(rule: Rule, compiler: ReadingCompiler) -> Reading | None:
    """What tells which fields a rule reads; None where only the reference evaluator can tell."""

    def conditions(scope: Mapping[str, Code]) -> list[ast.stmt]:
        def end(status: Status) -> list[ast.stmt]:
            # The note is looked at where the rule is met, and only there.
            noted = status is Status.PASS and rule.note is not None
            return [ast.Expr(compiler.condition(rule.note.when.tree, scope)) if noted and rule.note else ast.Pass()]

        return _judge(rule, compiler, scope, end, _UNREADY)

    def body() -> list[ast.stmt]:
        if rule.for_each is None or rule.item is None:
            looked_at: ast.expr = ast.List([ast.Constant(None)], ast.Load())
            statements = conditions({})
        else:
            # Whoever reads an item has not read the list.
            items, item_type = compiler.unread(partial(compiler.items, rule.for_each.tree, {}))
            variable, place = compiler.variable(), name_of("place")
            turn = [
                ast.Assign([ast.Name(variable, ast.Store())], ast.Subscript(name_of("items"), place, ast.Load())),
                *_collect(name_of(variable)),
                *compiler.item_at(variable, rule.for_each.tree, place),
            ]
            with compiler.inside():
                turn += conditions({rule.item: Code(name_of(variable), item_type)})
            statements = [
                ast.Assign([ast.Name("items", ast.Store())], items),
                _collection(),
                ast.For(ast.Name("place", ast.Store()), name_of("places"), turn, []),
            ]
            looked_at = name_of("found")
        return [*statements, ast.Return(ast.Tuple([looked_at, name_of("read")], ast.Load()))]

    if rule.scope is RuleScope.PORTFOLIO:
        return None
    try:
        function = compiler.function("reading", body, "pointers", "places")
    except NotCompilableError:
        return None
    reading: Reading = functions_of([function], {**compiler.names, **_NAMES})["reading"]
    return reading


class CompiledCause:
    """The proposal, or an item of the list that a rule speaks of, that makes its status, as code tells it."""

    __slots__ = ("_names", "_place", "_rule", "item")

    trouble: ClassVar[str] = ""

    def __init__(self, item: object, rule: Rule, place: int, names: Callable[[], ProposalNames]) -> None:
        """Take the ``item`` of the list, which stands at ``place``; ``names`` gives the names for the proposal."""
        self.item = item
        self._rule = rule
        self._place = place
        self._names = names

    @property
    def names(self) -> ProposalNames:
        """The names that the rule's conditions see: for sentences without code."""
        names, rule = self._names(), self._rule
        if rule.for_each is None or rule.item is None:
            return names
        items = names.value(rule.for_each.tree)
        if not isinstance(items, list):
            raise TypeError(f"{rule.id} speaks of a list that only its code can find")
        return names.with_item(rule.item, items[self._place])


class CompiledJudgement(NamedTuple):
    """What code says of an item, and all that may come of it where that is undecided."""

    status: Status
    may_be: frozenset[Status] = frozenset()


def give(status: Status) -> ast.Return:
    """The statement that ends code with this status."""
    return ast.Return(name_of(status.name))


def _set(variable: str, value: ast.expr) -> ast.stmt:
    return ast.Assign([ast.Name(variable, ast.Store())], value)


def _of_all(known: Sequence[Status | None], judged: Mapping[int, Judgement]) -> Status:
    """What a rule says of a list of which the code knows these items, and the reference these."""
    return together([*(CompiledJudgement(status) for status in known if status is not None), *judged.values()])


def statuses_of(
    judges: Sequence[RuleJudge],
    judge_all: JudgeAll,
    answers: Answers,
    marked: Answers | None,
    reference: Callable[[Rule], Status],
) -> tuple[Status, ...]:
    """What each rule says: the code for answers that are missing is run for the rules that need such.

    ``marked`` are the answers with their open lists marked as such, None where all lists are finished: then the code
    for all that is answered goes first. ``reference`` is asked where only that can tell.
    """

    def of_half_filled(number: int) -> Status:
        judge_of_rule = judges[number]
        return judge_of_rule.half_filled(answers if marked is None else marked) or reference(judge_of_rule.rule)

    if marked is None:
        return judge_all(answers, reference, of_half_filled, None)
    return tuple(map(of_half_filled, range(len(judges))))


def statuses_of_answered(judge_all: JudgeAll, answers: Answers) -> tuple[tuple[Status, ...], set[int]]:
    """What each rule says of answers that have all it needs; UNDECIDED of all that only the reference can tell.

    Also the numbers of the rules that pass and may have something to note: of all others that pass there is nothing.

    For reports: the reference must tell there what an undecided rule waits for, so that code for answers that are
    missing would only be one more to make and to run.
    """
    notes: set[int] = set()
    return judge_all(answers, _undecided, _undecided, notes), notes


def _undecided(_rule: object) -> Status:
    return Status.UNDECIDED


def _nothing(_rule: object) -> None:
    return None


class RuleJudge:
    """Judges proposals by one rule. Its code is made when it is first needed: a batch needs that of few rules.

    Decimal arithmetic must be that of the language wherever these are called: compiled code does not see to it.
    """

    def __init__(
        self,
        rule: Rule,
        compiler: Callable[[], Compiler],
        half_filled: Callable[[], Callable[[Answers], Status] | None],
        reading: Callable[[], ReadingCompiler],
    ) -> None:
        """Judge by ``rule``; ``compiler`` makes its code, and ``half_filled`` that for answers that are missing.

        ``reading`` makes the compiler of the code that tells which fields the rule reads.
        """
        self.rule = rule
        self._compiler = compiler
        self._make_half_filled = half_filled
        self._reading_compiler = reading

    @made_once
    def _alone(self) -> JudgeAll:
        """What the rule says, for those who ask for no other."""
        return compile_rules([self.rule], self._compiler())

    @made_once
    def _half_filled(self) -> Callable[[Answers], Status] | None:
        """The code for answers that are missing; None where there is none."""
        return self._make_half_filled()

    @made_once
    def _of_items(self) -> Callable[[Answers], list[Status | None]] | None:
        """What the rule says of each item of its list, None of one that only the reference can tell."""
        return None if self.rule.for_each is None else self._made(partial(_judge_items, self.rule))

    @made_once
    def _noted(self) -> Callable[[Answers], list[bool]] | None:
        """Whether the note of the rule applies to each item, or to the proposal, of answers that the rule passes."""
        return self._made(partial(_noted, self.rule))

    @made_once
    def _reading(self) -> Reading | None:
        return _compile_reading(self.rule, self._reading_compiler())

    def _made(self, body: Callable[[Compiler], list[ast.stmt]]) -> Callable[[Answers], Any] | None:
        """A function of answers that leaves by one of ``errors.UNREADY``; None where the reference must always tell."""
        compiler = self._compiler()
        try:
            function = compiler.function("code", lambda: body(compiler))
        except NotCompilableError:
            return None
        made: Callable[[Answers], Any] = functions_of([function], {**compiler.names, **_NAMES})["code"]
        return made

    def half_filled(self, answers: Answers) -> Status | None:
        """What the code for answers that are missing says, None where only the reference can tell.

        Lists of the answers that are not finished are to be marked as such.
        """
        if self._half_filled is not None:
            try:
                return self._half_filled(answers)
            except UNREADY:
                pass
        return None

    def compiled(self, answers: Answers, marked: Answers | None = None) -> Status | None:
        """What the compiled code says, None where only the reference can tell.

        ``marked`` are the answers with their open lists marked as such, None where all lists are finished.
        """
        if marked is not None:
            return self.half_filled(marked)
        (status,) = self._alone(answers, _nothing, _nothing, None)
        return status or self.half_filled(answers)

    def causes(
        self, answers: Answers, status: Status, pointers: Mapping[int, str], names: Callable[[], ProposalNames]
    ) -> tuple[Status, list[CompiledCause], Mapping[str, object]] | None:
        """What the rule says, the items that make it so, and the fields it reads of them; None if code cannot tell.

        ``status`` is what the rule says as far as is known. Of what is silent there are no items, and of a list that
        meets the rule only those that it notes. ``pointers`` are those of the records in the answers.
        """
        places = [0]
        if self.rule.for_each is not None and status is not _PASS:
            known = self._items(answers)
            if known is None or None in known:
                return None
            if status is _UNDECIDED:
                status = worst(filter(None, known))
            places = [place for place, of_item in enumerate(known) if of_item is status]
        elif status is _UNDECIDED:
            return None
        if status is _PASS and self.rule.note is not None:
            # Of a rule that is met no item is broken, and what is noted is an item that it applies to.
            notes = self._notes(answers)
            if notes is None:
                return None
            places = [place for place, noted in enumerate(notes) if noted]
        elif status in _SILENT:
            places = []
        if not places:
            return status, [], {}
        if self._reading is None:
            return None
        try:
            items, read = self._reading(answers, pointers, places)
        except UNREADY:
            return None
        causes = [CompiledCause(item, self.rule, place, names) for item, place in zip(items, places, strict=True)]
        return status, causes, read

    def judgements(self, answers: Mapping[str, object], names: ProposalNames) -> tuple[Status, Sequence[Judgement]]:
        """What the rule says, and the judgements that make it so; of what is silent there need be none.

        Ask :data:`JudgeAll` first: it tells what is silent.
        """
        known = self._items(answers)
        if known is None:
            judgements = judge(self.rule, names)
            return together(judgements), judgements
        return self._judged_items(answers, names, known)

    def _judged_items(
        self, answers: Mapping[str, object], names: ProposalNames, known: Sequence[Status | None]
    ) -> tuple[Status, Sequence[Judgement]]:
        unsure = self._ask(known, None, names)
        if unsure is not None:
            status = _of_all(known, unsure)
            if status is Status.NOT_APPLICABLE or (status is Status.PASS and self.rule.note is None):
                return status, ()
            if status is Status.PASS and (notes := self._notes(answers)) is not None:
                # Of what passes, nothing is told but what is noted.
                places = [place for place, noted in enumerate(notes) if noted and known[place] is status]
                more = judge_items(self.rule, names, places, len(known))
            else:
                more = self._ask(known, status, names)
            if more is not None:
                return status, [judgement for _, judgement in sorted((unsure | more).items())]
        judgements = judge(self.rule, names)
        return together(judgements), judgements

    def _ask(
        self, known: Sequence[Status | None], status: Status | None, names: ProposalNames
    ) -> dict[int, Judgement] | None:
        """What the reference says of the items of which this is known, by their places; None if it has no such list."""
        places = [place for place, of_item in enumerate(known) if of_item is status]
        return judge_items(self.rule, names, places, len(known))

    def _items(self, answers: Mapping[str, object]) -> Sequence[Status | None] | None:
        if self._of_items is not None:
            try:
                return self._of_items(answers)
            except UNREADY:
                pass
        return None

    def _notes(self, answers: Mapping[str, object]) -> Sequence[bool] | None:
        """Whether there is something to note of each item, or of the proposal; None where the reference must tell."""
        if self._noted is not None:
            try:
                return self._noted(answers)
            except UNREADY:
                pass
        return None
