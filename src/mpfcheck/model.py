"""Values that can stand wherever a model of pydantic can: as a field, or as the response of a FastAPI endpoint.

They are no models of pydantic, which takes longer to load than a check takes; it is loaded by whoever asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self, TypeAlias

from mpfcheck.frozen import Frozen, changed

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, SerializationInfo
    from pydantic.json_schema import GenerateJsonSchema
    from pydantic_core import CoreSchema

__all__ = ["Chosen", "Model", "text_given"]

Chosen: TypeAlias = set[str] | set[int] | Mapping[str, Any] | Mapping[int, Any]
"""Members to take or to leave out, as pydantic names them: ``{"results"}``, ``{"input": {"path"}}``."""


class Model(Frozen):
    """A value with the methods of a model of pydantic. What is written is as in the published report.

    ``published`` is the name of its definition in the published schema of the report; ``parts`` are the models among
    its members, by the names of their definitions.
    """

    published: ClassVar[str]
    parts: ClassVar[Mapping[str, type[Model]]] = {}

    def _plain(self) -> dict[str, Any]:
        """Its members as plain JSON values."""
        from mpfcheck.json_codec import plain_json

        plain: dict[str, Any] = plain_json(self)
        return plain

    @classmethod
    def _read(cls, value: object) -> Self:
        """The value that plain JSON values stand for; raises UnreadableReportError."""
        from mpfcheck.json_codec import read_json

        read: Self = read_json(cls, value)
        return read

    def _text(self) -> str:
        """Its members as JSON, on one line."""
        from mpfcheck.json_codec import json_text

        return json_text(self._plain())

    def model_dump(
        self,
        *,
        mode: Literal["json", "python"] | str = "json",
        include: Chosen | None = None,
        exclude: Chosen | None = None,
        context: object = None,
        by_alias: bool | None = None,
        exclude_unset: bool = False,
        exclude_defaults: bool = False,
        exclude_none: bool = False,
        exclude_computed_fields: bool = False,
        round_trip: bool = False,
        warnings: bool | Literal["none", "warn", "error"] = True,
        fallback: Callable[[Any], Any] | None = None,
        serialize_as_any: bool = False,
        polymorphic_serialization: bool | None = None,
    ) -> dict[str, Any]:
        """Return it as plain JSON values, as in the published report; amounts are texts.

        ``include`` and ``exclude`` choose members as in pydantic; ``exclude_none`` leaves out those that are null, and
        ``exclude_defaults`` those that have the default of their class. The other arguments are those of pydantic and
        change nothing here: there are no other values and no other names, every member is set, none is computed, and
        what is written can be read back.
        """
        plain = self._plain()
        if exclude_defaults:
            plain = _without_defaults(plain, self)
        if include is not None or exclude is not None:
            from pydantic_core import to_jsonable_python

            plain = to_jsonable_python(plain, include=include, exclude=exclude)
        return _without_nulls(plain) if exclude_none else plain

    def model_dump_json(
        self,
        *,
        indent: int | None = None,
        ensure_ascii: bool = False,
        include: Chosen | None = None,
        exclude: Chosen | None = None,
        context: object = None,
        by_alias: bool | None = None,
        exclude_unset: bool = False,
        exclude_defaults: bool = False,
        exclude_none: bool = False,
        exclude_computed_fields: bool = False,
        round_trip: bool = False,
        warnings: bool | Literal["none", "warn", "error"] = True,
        fallback: Callable[[Any], Any] | None = None,
        serialize_as_any: bool = False,
        polymorphic_serialization: bool | None = None,
    ) -> str:
        """Return it as JSON, on one line unless ``indent`` is given; other arguments as :meth:`model_dump`.

        Characters that cannot be shown are written as escapes, with ``ensure_ascii`` all that are not ASCII.
        """
        whole = include is None and exclude is None and not (exclude_none or exclude_defaults)
        if whole and indent is None and not ensure_ascii:
            return self._text()
        # Nobody who only checks needs it.
        import json

        from mpfcheck.json_codec import printable

        plain = self.model_dump(
            include=include, exclude=exclude, exclude_none=exclude_none, exclude_defaults=exclude_defaults
        )
        text = json.dumps(plain, indent=indent, ensure_ascii=ensure_ascii)
        return text if ensure_ascii else "\n".join(map(printable, text.split("\n")))

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy in which the fields named in ``update`` have these values, which are not checked.

        Nothing in it can change, so that a ``deep`` copy is only another object. Raises TypeError for a field that
        there is not.
        """
        from copy import deepcopy

        copied = changed(self, **(update or {}))
        return deepcopy(copied) if deep else copied

    @classmethod
    def model_validate_json(
        cls,
        json_data: str | bytes | bytearray,
        *,
        strict: bool | None = None,
        extra: Literal["allow", "ignore", "forbid"] | None = None,
        context: object = None,
        by_alias: bool | None = None,
        by_name: bool | None = None,
    ) -> Self:
        """Read it from JSON; arguments as :meth:`model_validate`.

        Raises :class:`mpfcheck.UnreadableReportError`, a ValueError, for anything else.
        """
        from mpfcheck.json_codec import parse_json

        data = text_given(json_data, f"{cls.__name__}.model_validate_json")
        return cls.model_validate(parse_json(data), strict=strict, extra=extra, by_alias=by_alias, by_name=by_name)

    @classmethod
    def model_validate(
        cls,
        obj: object,
        *,
        strict: bool | None = None,
        extra: Literal["allow", "ignore", "forbid"] | None = None,
        from_attributes: bool | None = None,
        context: object = None,
        by_alias: bool | None = None,
        by_name: bool | None = None,
    ) -> Self:
        """Read it from plain values as of :meth:`model_dump`. Raises the same errors as model_validate_json.

        Reading is always ``strict``, and passes over members that it does not know. Every member has one name. Raises
        TypeError where the arguments ask for something else.
        """
        name = f"{cls.__name__}.model_validate"
        if strict is False:
            raise TypeError(f"{name} is always strict. Leave out strict=False.")
        if extra not in (None, "ignore"):
            raise TypeError(f'{name} passes over members that it does not know: extra is "ignore" or None.')
        if from_attributes:
            raise TypeError(f"{name} reads objects of JSON. Leave out from_attributes, or use model_dump first.")
        if by_alias is False and not by_name:
            raise TypeError(f"{name} needs by_alias or by_name. Every member has one name, so leave both out.")
        return obj if isinstance(obj, cls) else cls._read(obj)

    @classmethod
    def model_json_schema(
        cls,
        by_alias: bool | None = None,
        ref_template: str = "#/$defs/{model}",
        schema_generator: type[GenerateJsonSchema] | None = None,
        mode: Literal["validation", "serialization"] = "serialization",
        *,
        union_format: Literal["any_of", "primitive_type_array"] = "any_of",
    ) -> dict[str, Any]:
        """Return its JSON Schema (draft 2020-12): that of the published report, with one definition for each model.

        ``ref_template`` says where these are referred to, and ``schema_generator`` is as in pydantic. ``by_alias`` and
        ``mode`` change nothing: there are no other names, and what is read is what is written. The schema is as
        published: raises TypeError for another ``union_format``.
        """
        from pydantic import TypeAdapter
        from pydantic.json_schema import GenerateJsonSchema

        if union_format != "any_of":
            raise TypeError(f'{cls.__name__}.model_json_schema is as published: union_format is "any_of".')
        generator = schema_generator or GenerateJsonSchema
        return TypeAdapter(cls).json_schema(ref_template=ref_template, schema_generator=generator, mode=mode)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """How pydantic reads and writes it. Its parts are named, so that each has one definition in a JSON Schema."""
        from pydantic_core import core_schema

        parts = {name: core_schema.typed_dict_field(handler.generate_schema(part)) for name, part in cls.parts.items()}
        return core_schema.no_info_wrap_validator_function(
            lambda value, _: cls.model_validate(value),
            core_schema.typed_dict_schema(parts),
            ref=f"{cls.__module__}.{cls.__qualname__}",
            # As a member of another model it is written as that is asked to be.
            serialization=core_schema.plain_serializer_function_ser_schema(_dumped, info_arg=True),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The published schema of it; what else is defined there stands in the place of the references to it."""
        parts = handler(schema["schema"])["properties"] if cls.parts else {}
        definitions = {**_definitions(), **parts}
        return {"title": cls.__name__, **_in_place(definitions[cls.published], definitions, parts)}


def text_given(data: object, function: str) -> bytes | str:
    """The text that a function was given; raises TypeError for anything else, such as the path of a file."""
    if isinstance(data, bytes | str):
        return data
    if isinstance(data, bytearray):
        return bytes(data)
    hint = " To read a file, give path.read_bytes()." if hasattr(data, "read_bytes") else ""
    raise TypeError(f"{function} needs bytes or str, not {type(data).__name__}.{hint}")


def _dumped(value: Model, info: SerializationInfo) -> dict[str, Any]:
    include: Any = info.include
    exclude: Any = info.exclude
    return value.model_dump(
        include=include,
        exclude=exclude,
        exclude_none=info.exclude_none,
        exclude_defaults=info.exclude_defaults,
    )


def _without_defaults(plain: Any, value: Any) -> Any:
    """The plain values of a value without the members that have the default of their class."""
    if isinstance(value, Frozen) and isinstance(plain, dict):
        # Only who asks for this needs it.
        from mpfcheck.json_codec import members_of

        kind, left = type(value), {}
        for name, attribute in members_of(kind):
            held = getattr(value, attribute)
            if name in plain and not (hasattr(kind, attribute) and held == getattr(kind, attribute)):
                left[name] = _without_defaults(plain[name], held)
        return left
    if isinstance(value, tuple) and isinstance(plain, list):
        return [_without_defaults(one, held) for one, held in zip(plain, value, strict=True)]
    return plain


def _without_nulls(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_nulls(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: _without_nulls(member) for name, member in value.items() if member is not None}


def _definitions() -> dict[str, Any]:
    """What the published schema of the report defines."""
    import json
    from importlib.resources import files

    text = (files("mpfcheck") / "report" / "report.schema.json").read_text(encoding="utf-8")
    definitions: dict[str, Any] = json.loads(text)["$defs"]
    return definitions


def _in_place(value: Any, definitions: Mapping[str, Any], parts: Mapping[str, Any]) -> Any:
    """A schema with what it refers to in the place of the references, but for its parts."""
    if isinstance(value, list):
        return [_in_place(item, definitions, parts) for item in value]
    if not isinstance(value, dict):
        return value
    here = {name: _in_place(member, definitions, parts) for name, member in value.items() if name != "$ref"}
    if "$ref" not in value:
        return here
    name = value["$ref"].removeprefix("#/$defs/")
    referred = parts[name] if name in parts else _in_place(definitions[name], definitions, parts)
    return {**referred, **here}
