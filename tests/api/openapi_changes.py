"""Which differences between two OpenAPI 3.1 documents break a client that was made for the first.

What a client may send may only grow; what it is sent may only shrink, and keeps all its fields. So
far as documents that FastAPI and Pydantic write need it: no `not`, no external references.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

Node = dict[str, Any]

METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")
# Bounds that refuse more the higher, or the lower, they are.
RISING = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
FALLING = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")


class Sent(StrEnum):
    """Who sends what a schema describes."""

    BY_CLIENT = "request"
    BY_SERVER = "response"


def breaking_changes(old: Node, new: Node) -> list[str]:
    """What breaks, a sentence each, in the order of the first document; empty if nothing does."""
    return list(dict.fromkeys(_Comparison(old, new).all()))


def differences(old: Any, new: Any, where: str = "") -> Iterator[str]:
    """Where two JSON values differ, as JSON pointers with a sign: + added, - gone, ~ other."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted(old.keys() | new.keys()):
            pointer = f"{where}/{key.replace('~', '~0').replace('/', '~1')}"
            if key not in new:
                yield f"- {pointer}"
            elif key not in old:
                yield f"+ {pointer}"
            else:
                yield from differences(old[key], new[key], pointer)
    elif old != new:
        yield f"~ {where}"


class _Comparison:
    def __init__(self, old: Node, new: Node) -> None:
        self._old = old
        self._new = new
        # Pairs of references that are being compared or have been: schemas may hold themselves.
        self._met: set[tuple[str, str, Sent]] = set()

    def all(self) -> Iterator[str]:
        for path, item in self._old["paths"].items():
            for method in METHODS:
                if method not in item:
                    continue
                name = f"{method.upper()} {path}"
                changed = self._new["paths"].get(path, {}).get(method)
                if changed is None:
                    yield f"{name}: the operation is gone"
                else:
                    yield from self._operation(name, item[method], changed)

    def _operation(self, name: str, old: Node, new: Node) -> Iterator[str]:
        if old.get("operationId") != new.get("operationId"):
            yield f"{name}: operationId {old.get('operationId')} is now {new.get('operationId')}"
        if _is_open(self._old, old) and not _is_open(self._new, new):
            yield f"{name}: credentials are required now"
        yield from self._parameters(name, old, new)
        yield from self._bodies(name, old.get("requestBody"), new.get("requestBody"))
        yield from self._responses(name, old["responses"], new["responses"])

    def _parameters(self, name: str, old: Node, new: Node) -> Iterator[str]:
        before = {(p["in"], p["name"]): p for p in old.get("parameters", ())}
        after = {(p["in"], p["name"]): p for p in new.get("parameters", ())}
        for (place, key), parameter in before.items():
            where = f"{name}: {place} parameter {key}"
            changed = after.get((place, key))
            if changed is None:
                yield f"{where} is gone"
                continue
            if changed.get("required") and not parameter.get("required"):
                yield f"{where} is required now"
            if parameter["schema"].get("default") != changed["schema"].get("default"):
                yield f"{where} has another default"
            yield from self._schema(where, parameter["schema"], changed["schema"], Sent.BY_CLIENT)
        for (place, key), parameter in after.items():
            if (place, key) not in before and parameter.get("required"):
                yield f"{name}: {place} parameter {key} is new and required"

    def _bodies(self, name: str, old: Node | None, new: Node | None) -> Iterator[str]:
        if old is None:
            if new is not None and new.get("required"):
                yield f"{name}: a body is required now"
            return
        if new is None:
            yield f"{name}: no body is taken any more"
            return
        if new.get("required") and not old.get("required"):
            yield f"{name}: the body is required now"
        yield from self._contents(f"{name}: body", old, new, Sent.BY_CLIENT)

    def _responses(self, name: str, old: Node, new: Node) -> Iterator[str]:
        for status, response in old.items():
            where = f"{name}: {status}"
            if status not in new:
                # Whoever is ready for an error need not get it.
                if status[0] not in "45":
                    yield f"{where} is gone"
                continue
            for header in response.get("headers", ()):
                if header not in new[status].get("headers", ()):
                    yield f"{where}: header {header} is gone"
            yield from self._contents(where, response, new[status], Sent.BY_SERVER)

    def _contents(self, where: str, old: Node, new: Node, sent: Sent) -> Iterator[str]:
        after = new.get("content", {})
        for media_type, content in old.get("content", {}).items():
            if media_type not in after:
                yield f"{where}: {media_type} is gone"
                continue
            schemas = content.get("schema", {}), after[media_type].get("schema", {})
            yield from self._schema(where, *schemas, sent)

    def _schema(self, where: str, old: Any, new: Any, sent: Sent) -> Iterator[str]:
        references = _reference(old), _reference(new)
        if references[0] and references[1]:
            pair = (*references, sent)
            if pair in self._met:
                return
            self._met.add(pair)
        olds, news = _choices(self._old, old), _choices(self._new, new)
        if len(olds) == len(news) == 1:
            yield from self._simple(where, olds[0], news[0], sent)
            return
        # Each of these must be one of those, as far as somebody may send it.
        these, those = (olds, news) if sent is Sent.BY_CLIENT else (news, olds)
        for choice in these:
            found = [self._between(where, choice, other, sent) for other in those]
            if all(found):
                verb = "refused" if sent is Sent.BY_CLIENT else "sent"
                nearest = min(found, key=len)
                yield f"{where}: {_brief(choice)} is {verb} now ({nearest[0].rpartition(': ')[2]})"

    def _between(self, where: str, this: Any, that: Any, sent: Sent) -> list[str]:
        old, new = (this, that) if sent is Sent.BY_CLIENT else (that, this)
        # What was met on the way counts only if this turns out to be the choice.
        met = set(self._met)
        found = list(self._schema(where, old, new, sent))
        if found:
            self._met = met
        return found

    def _simple(self, where: str, old: Any, new: Any, sent: Sent) -> Iterator[str]:
        old, new = _resolved(self._old, old), _resolved(self._new, new)
        yield from _types(where, old, new, sent)
        yield from _values(where, old, new, sent)
        yield from _bounds(where, old, new, sent)
        yield from self._properties(where, old, new, sent)
        for key, inner in (("items", f"{where}[]"), ("additionalProperties", f"{where}.*")):
            before, after = old.get(key, True), new.get(key, True)
            if isinstance(before, dict) and isinstance(after, dict):
                yield from self._schema(inner, before, after, sent)
            elif sent is Sent.BY_CLIENT and after is not True and before is not False:
                if before != after:
                    yield f"{inner}: not all that was taken is taken now"
            elif sent is Sent.BY_SERVER and before not in (True, False) and after is not False:
                yield f"{inner}: anything may be sent now"
        befores, afters = old.get("prefixItems", ()), new.get("prefixItems", ())
        if len(befores) != len(afters):
            yield f"{where}: another number of items"
        for number, (before, after) in enumerate(zip(befores, afters, strict=False)):
            yield from self._schema(f"{where}[{number}]", before, after, sent)

    def _properties(self, where: str, old: Node, new: Node, sent: Sent) -> Iterator[str]:
        before, after = old.get("properties", {}), new.get("properties", {})
        for name, schema in before.items():
            inner = f"{where}.{name}"
            if name not in after:
                # An object that is not closed takes what it does not know.
                if sent is Sent.BY_SERVER or new.get("additionalProperties") is False:
                    yield f"{inner} is gone"
                continue
            yield from self._schema(inner, schema, after[name], sent)
        required = set(old.get("required", ())), set(new.get("required", ()))
        if sent is Sent.BY_CLIENT:
            for name in sorted(required[1] - required[0]):
                yield f"{where}.{name} is required now"
        else:
            for name in sorted((required[0] - required[1]) & after.keys()):
                yield f"{where}.{name} may be missing now"


def _is_open(document: Node, operation: Node) -> bool:
    ways = operation.get("security", document.get("security", []))
    return not ways or {} in ways


def _reference(schema: Any) -> str:
    return schema.get("$ref", "") if isinstance(schema, dict) else ""


def _resolved(document: Node, schema: Any) -> Node:
    """The schema without `$ref` and `allOf`; true and {} are the same."""
    if not isinstance(schema, dict):
        return {} if schema else {"enum": []}
    found = dict(schema)
    parts = found.pop("allOf", [])
    reference = found.pop("$ref", None)
    if reference is not None:
        parts = [_target(document, reference), *parts]
    for part in (_resolved(document, part) for part in parts):
        properties = part.get("properties", {}) | found.get("properties", {})
        required = [*part.get("required", ()), *found.get("required", ())]
        found = part | found
        if properties:
            found |= {"properties": properties, "required": required}
    return found


def _target(document: Node, reference: str) -> Any:
    node: Any = document
    for key in reference.removeprefix("#/").split("/"):
        node = node[key.replace("~1", "/").replace("~0", "~")]
    return node


def _choices(document: Node, schema: Any) -> list[Any]:
    """The alternatives of a schema, those of alternatives included; itself if it has none."""
    plain = _resolved(document, schema)
    parts = [*plain.get("anyOf", ()), *plain.get("oneOf", ())]
    if parts:
        return [choice for part in parts for choice in _choices(document, part)]
    kinds = plain.get("type")
    if isinstance(kinds, list):
        return [{**plain, "type": kind} for kind in kinds]
    return [schema]


def _brief(schema: Any) -> str:
    if _reference(schema):
        return _reference(schema).rpartition("/")[2]
    return str(schema.get("type", "anything")) if isinstance(schema, dict) else "anything"


def _types(where: str, old: Node, new: Node, sent: Sent) -> Iterator[str]:
    before, after = old.get("type"), new.get("type")
    wider, narrower = (after, before) if sent is Sent.BY_CLIENT else (before, after)
    is_wider = wider is None or (wider, narrower) == ("number", "integer")
    if before != after and not is_wider:
        yield f"{where}: type {before or 'anything'} is now {after or 'anything'}"


def _values(where: str, old: Node, new: Node, sent: Sent) -> Iterator[str]:
    before, after = _enumerated(old), _enumerated(new)
    wider, narrower = (after, before) if sent is Sent.BY_CLIENT else (before, after)
    if wider is None:
        return
    if narrower is None:
        yield f"{where}: the values are {'limited' if sent is Sent.BY_CLIENT else 'open'} now"
        return
    verb = "refused" if sent is Sent.BY_CLIENT else "new"
    for value in narrower:
        if value not in wider:
            yield f"{where}: value {value!r} is {verb}"


def _enumerated(schema: Node) -> list[Any] | None:
    if "const" in schema:
        return [schema["const"]]
    values: list[Any] | None = schema.get("enum")
    return values


def _bounds(where: str, old: Node, new: Node, sent: Sent) -> Iterator[str]:
    for key in ("format", "pattern"):
        before, after = old.get(key), new.get(key)
        narrowed = after if sent is Sent.BY_CLIENT else before
        if before != after and narrowed is not None:
            yield f"{where}: {key} {before!r} is now {after!r}"
    if sent is Sent.BY_SERVER:
        return
    for keys, sign in ((RISING, 1), (FALLING, -1)):
        for key in keys:
            before, after = old.get(key), new.get(key)
            if after is not None and (before is None or sign * after > sign * before):
                yield f"{where}: {key} {before} is now {after}"
    if new.get("uniqueItems") and not old.get("uniqueItems"):
        yield f"{where}: items must differ now"
