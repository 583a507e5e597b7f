"""A scene that was written down in plain form becomes a scene again: years later, by what it says of itself alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from producer.build.canonical import Plain
from producer.diagnostics import Span
from producer.scene.model import Scene

NOWHERE = Span("")  # plain forms have no places


class FormError(ValueError):
    """A form is not that of the type it is read as."""


def thawed(form: Plain) -> Scene:
    """Return the scene whose :func:`producer.build.canonical.plain` form this is; its places are left out.

    A field that is newer than the form has its default; one that is gone is passed over.

    Raises:
        FormError: it is no scene, or has values that this version does not know.
    """
    try:
        scene = _value(form, Scene)
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise FormError(str(error)) from error
    if not isinstance(scene, Scene):
        raise FormError(type(scene).__name__)
    return scene


def _value(form: Any, kind: Any) -> Any:  # noqa: ANN401 - of any type that a model has
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _of_union(form, get_args(kind))
    if origin is not None:
        return _gathered(form, origin, get_args(kind))
    if is_dataclass(kind):
        return _instance(form, kind)
    if issubclass(kind, Enum):
        return next(member for member in kind if str(member.value) == form)
    read = _READ.get(kind)
    return read(form) if read is not None else form


_READ: Mapping[type, Callable[[Any], object]] = {
    Decimal: Decimal,
    date: date.fromisoformat,
    time: time.fromisoformat,
}


def _of_union(form: Any, kinds: tuple[Any, ...]) -> Any:  # noqa: ANN401 - see _value
    """Choose by the name that a dataclass wrote down, else by the JSON type."""
    if form is None and NoneType in kinds:
        return None
    if isinstance(form, dict):
        named = [kind for kind in kinds if getattr(kind, "__name__", "") == form.get("")]
        return _value(form, named[0] if named else next(k for k in kinds if get_origin(k) is not None))
    if type(form) in kinds:
        return form
    (kind,) = (kind for kind in kinds if kind is not NoneType and not is_dataclass(kind))
    return _value(form, kind)


def _gathered(form: Any, origin: Any, kinds: tuple[Any, ...]) -> Any:  # noqa: ANN401 - see _value
    if issubclass(origin, Mapping):
        return {_value(key, kinds[0]): _value(form[key], kinds[1]) for key in form[""]}
    if origin is not tuple:
        raise FormError(f"{origin} is in no model")
    if kinds[-1] is Ellipsis:
        return tuple(_value(item, kinds[0]) for item in form)
    return tuple(_value(item, kind) for item, kind in zip(form, kinds, strict=True))


def _instance(form: Any, kind: Any) -> Any:  # noqa: ANN401 - see _value
    if form[""] != kind.__name__:
        raise FormError(f"{form['']} is no {kind.__name__}")
    types = _types(kind)
    given: dict[str, object] = {}
    for name, known in types.items():
        if name in form:
            given[name] = _value(form[name], known)
        elif known is Span:
            given[name] = NOWHERE
    return kind(**given)


@cache
def _types(kind: Any) -> Mapping[str, Any]:  # noqa: ANN401 - a dataclass
    known = get_type_hints(kind)
    return {field.name: known[field.name] for field in fields(kind)}
