"""No expression of a rule file reaches Python as text."""

from __future__ import annotations

import ast
from pathlib import Path

SRC = Path(__file__).resolve().parents[2] / "src"

# Rules are compiled from a tree that mpfcheck builds node by node, never from text.
FROM_A_TREE = {
    ("mpfcheck/feel/compile/compiler.py", "exec"),
    ("mpfcheck/feel/compile/compiler.py", "compile"),
    # Text of ours: an empty function, and a module of models whose docstrings describe the schema.
    ("mpfcheck/feel/compile/nodes.py", "ast.parse('def _(answers): pass')"),
    ("mpfcheck/proposal/schema.py", "ast.parse(inspect.getsource(module))"),
}
READS_CODE = {"eval", "exec", "compile", "__import__"}


def calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def test_python_is_never_made_from_text() -> None:
    found = set()
    for path in SRC.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        name = path.relative_to(SRC).as_posix()
        for call in calls(tree):
            if isinstance(call.func, ast.Name) and call.func.id in READS_CODE:
                found.add((name, call.func.id))
            if isinstance(call.func, ast.Attribute) and ast.unparse(call.func) in ("ast.parse", "pickle.loads"):
                found.add((name, ast.unparse(call)))
    assert found == FROM_A_TREE


def test_what_is_compiled_is_a_tree() -> None:
    tree = ast.parse((SRC / "mpfcheck/feel/compile/compiler.py").read_text(encoding="utf-8"))
    (compiled,) = [call for call in calls(tree) if isinstance(call.func, ast.Name) and call.func.id == "compile"]
    assert ast.unparse(compiled.args[0]) == "module"
    (made,) = [
        node for node in ast.walk(tree) if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "module"
    ]
    assert "ast.Module(" in ast.unparse(made.value)
