"""The form of a call: where it is found, and how it is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mpfcheck.forms.form import Form, read_form
from mpfcheck.packs.call import Call
from mpfcheck.packs.find import shipped_folder
from mpfcheck.packs.folder import PackFolder
from mpfcheck.packs.load import FORM_FILE
from mpfcheck.packs.mistake import PackError, PackMistake
from mpfcheck.packs.vocabulary import proposal_record_of
from mpfcheck.packs.yaml_file import YamlFile, read_yaml

__all__ = ["NoFormError", "form_data", "form_folders", "form_place", "load_form", "read_form_file", "shipped_forms"]


def shipped_forms() -> Path:
    """Find the folder of the forms that come with mpfcheck."""
    return shipped_folder("forms")


class NoFormError(LookupError):
    """A call that has no form."""

    def __init__(self, call_id: str) -> None:
        self.call_id = call_id
        super().__init__(
            f'The call {call_id} has no form: there is no file "{FORM_FILE}" in its folder and no '
            f'"{call_id}.yaml" among the forms.'
        )


def load_form(call: Call) -> Form:
    """Load the form of a call.

    It is ``form.yaml`` in the call's folder, or ``<call>.yaml`` in a folder ``forms`` beside the folder of the calls,
    or among the forms that come with mpfcheck. Raises NoFormError where
    there is none, PackError with all that is wrong with it.
    """
    place = form_place(call)
    if place is None:
        raise NoFormError(call.id)
    mistakes: list[PackMistake] = []
    form, _ = read_form_file(place, call, mistakes)
    if form is None or mistakes:
        raise PackError(mistakes)
    return form


def form_place(call: Call) -> Path | None:
    """Find the file of a call's form, None where there is none.

    A version that was published without a form is asked for with the form of today.
    """
    today = shipped_forms() / f"{call.id}.yaml"
    return call.files.get(FORM_FILE) or (today if today.is_file() else None)


def read_form_file(place: Path, call: Call, mistakes: list[PackMistake]) -> tuple[Form | None, YamlFile | None]:
    """Read a form file, adding what is wrong to ``mistakes``; None where it is no YAML."""
    try:
        file = read_yaml(PackFolder(place.parent).read(place.name), place.name)
    except PackError as error:
        mistakes.extend(error.mistakes)
        return None, None
    form = read_form(file, proposal_record_of(call), mistakes)
    if form.call and form.call != call.id:
        hint = f'write "form: {call.id}"'
        mistakes.append(PackMistake(file.root.place, f'this is the form of "{form.call}"', hint))
    return form, file


def form_data(call: Call) -> Mapping[str, object] | None:
    """Read the form that belongs to a version of a call as plain data, None where it has none; raises PackError."""
    place = call.files.get(FORM_FILE)
    if place is None:
        return None
    data = read_yaml(PackFolder(place.parent).read(place.name), place.name).root.plain()
    return data if isinstance(data, dict) else None


def form_folders(folder: Path) -> tuple[Path, ...]:
    """List the folders beside that of a call in which forms of calls lie."""
    return folder.parent.parent / "forms", shipped_forms()
