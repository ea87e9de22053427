"""The OpenAPI document changes only on purpose, and what breaks clients only for a reason."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.api import openapi_snapshot as snapshot
from tests.api.openapi_changes import breaking_changes, differences

CURRENT = snapshot.current()


def agreed() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(snapshot.SNAPSHOT.read_text("utf-8"))
    return found


def test_no_change_breaks_clients_without_a_reason() -> None:
    broken = breaking_changes(agreed(), CURRENT)
    assert not broken, (
        f"\n{snapshot.listed(broken)}\n\nThese changes break clients. Undo them, or say why they "
        f'must: {snapshot.RENEW} --breaking "REASON"'
    )


def test_the_document_is_the_one_agreed_on() -> None:
    found = list(differences(agreed(), CURRENT))
    assert not found, (
        f"\n{snapshot.listed(found)}\n\nThe OpenAPI document is not that of "
        f"tests/api/openapi.json. If this is meant: {snapshot.RENEW}"
    )


def test_the_snapshot_is_kept_as_it_would_be_written() -> None:
    assert snapshot.SNAPSHOT.read_text("utf-8") == snapshot.formatted(agreed())
    if snapshot.LOG.exists():
        for line in snapshot.LOG.read_text("utf-8").splitlines():
            entry = json.loads(line)
            assert entry["reason"].strip()
            assert entry["changes"]


def test_a_document_breaks_nothing_that_was_made_for_it() -> None:
    assert breaking_changes(CURRENT, copy.deepcopy(CURRENT)) == []
    assert list(differences(CURRENT, copy.deepcopy(CURRENT))) == []


def test_examples_are_left_out_and_fields_of_that_name_are_not() -> None:
    schema = {"properties": {"example": {"type": "string", "example": "a"}}, "examples": [1]}
    assert snapshot.without_examples(schema) == {"properties": {"example": {"type": "string"}}}


# --- what breaks ----------------------------------------------------------------------------------

NAME = {"type": "string", "minLength": 1, "maxLength": 20}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "T"},
    "paths": {
        "/things/{id}": {
            "get": {
                "operationId": "get_thing",
                "parameters": [
                    {"in": "path", "name": "id", "required": True, "schema": NAME},
                    {
                        "in": "query",
                        "name": "limit",
                        "required": False,
                        "schema": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50},
                    },
                    {
                        "in": "query",
                        "name": "kind",
                        "required": False,
                        "schema": {"type": "array", "items": {"$ref": "#/components/schemas/Kind"}},
                    },
                ],
                "responses": {
                    "200": {
                        "headers": {"ETag": {"schema": {"type": "string"}}},
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}
                        },
                    },
                    "404": {"content": {"application/problem+json": {"schema": {}}}},
                },
            },
            "patch": {
                "operationId": "change_thing",
                "security": [{}, {"key": []}],
                "requestBody": {
                    "required": False,
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Change"}}
                    },
                },
                "responses": {"204": {}},
            },
        }
    },
    "components": {
        "schemas": {
            "Kind": {"type": "string", "enum": ["big", "small"]},
            "Change": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "extra": {"type": "object"},
                    "name": {"anyOf": [NAME, {"type": "null"}]},
                    "size": {"type": "integer"},
                },
                "required": ["size"],
            },
            "Thing": {
                "type": "object",
                "properties": {
                    "name": {"type": "string"},
                    "kind": {"$ref": "#/components/schemas/Kind"},
                    "note": {"anyOf": [{"type": "string"}, {"type": "null"}]},
                    "size": {"type": "number"},
                    "day": {"type": "string", "format": "date"},
                    "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}},
                    "pair": {
                        "type": "array",
                        "prefixItems": [{"type": "string"}, {"type": "integer"}],
                    },
                    "of": {"type": "object", "additionalProperties": {"type": "integer"}},
                },
                "required": ["name", "kind", "note"],
            },
        }
    },
}

Edit = Callable[[dict[str, Any]], object]


def get(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["paths"]["/things/{id}"]["get"]
    return found


def patch(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["paths"]["/things/{id}"]["patch"]
    return found


def schema(document: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = document["components"]["schemas"][name]
    return found


def fields(document: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = schema(document, name)["properties"]
    return found


def parameter(document: dict[str, Any], number: int) -> dict[str, Any]:
    found: dict[str, Any] = get(document)["parameters"][number]
    return found


NEW_PARAMETER = {"in": "query", "name": "new", "schema": {"type": "string"}}

BREAKING: list[tuple[str, Edit]] = [
    ("operation is gone", lambda d: d["paths"]["/things/{id}"].pop("get")),
    ("operation is gone", lambda d: d["paths"].pop("/things/{id}")),
    ("operationId", lambda d: get(d).update(operationId="fetch_thing")),
    ("parameter limit is gone", lambda d: get(d)["parameters"].pop(1)),
    (
        "parameter new is new and required",
        lambda d: get(d)["parameters"].append(NEW_PARAMETER | {"required": True}),
    ),
    ("parameter limit is required now", lambda d: parameter(d, 1).update(required=True)),
    ("maximum 200 is now 100", lambda d: parameter(d, 1)["schema"].update(maximum=100)),
    ("minimum 1 is now 2", lambda d: parameter(d, 1)["schema"].update(minimum=2)),
    ("another default", lambda d: parameter(d, 1)["schema"].update(default=10)),
    ("type integer is now boolean", lambda d: parameter(d, 1)["schema"].update(type="boolean")),
    ("pattern None is now", lambda d: parameter(d, 0).update(schema=NAME | {"pattern": "^a"})),
    ("maxItems None is now 5", lambda d: parameter(d, 2)["schema"].update(maxItems=5)),
    ("value 'small' is refused", lambda d: schema(d, "Kind")["enum"].pop()),
    ("value 'tiny' is new", lambda d: schema(d, "Kind")["enum"].append("tiny")),
    ("the values are open now", lambda d: schema(d, "Kind").pop("enum")),
    ("credentials are required now", lambda d: patch(d)["security"].pop(0)),
    ("the body is required now", lambda d: patch(d)["requestBody"].update(required=True)),
    ("no body is taken any more", lambda d: patch(d).pop("requestBody")),
    ("a body is required now", lambda d: get(d).update(requestBody={"required": True})),
    ("body: application/json is gone", lambda d: patch(d)["requestBody"].update(content={})),
    ("body.name is required now", lambda d: schema(d, "Change")["required"].append("name")),
    ("body.size is gone", lambda d: fields(d, "Change").pop("size")),
    ("body.name: null is refused now", lambda d: fields(d, "Change").update(name=NAME)),
    (
        "body.name: string is refused now",
        lambda d: fields(d, "Change")["name"]["anyOf"].__setitem__(0, NAME | {"maxLength": 5}),
    ),
    ("200 is gone", lambda d: get(d)["responses"].pop("200")),
    ("header ETag is gone", lambda d: get(d)["responses"]["200"]["headers"].clear()),
    (
        "200: application/json is gone",
        lambda d: get(d)["responses"]["200"].update(content={"text/csv": {}}),
    ),
    ("200.name is gone", lambda d: fields(d, "Thing").pop("name")),
    ("200.name may be missing now", lambda d: schema(d, "Thing")["required"].remove("name")),
    ("type string is now integer", lambda d: fields(d, "Thing")["name"].update(type="integer")),
    (
        "200.name: null is sent now",
        lambda d: fields(d, "Thing")["name"].update(type=["string", "null"]),
    ),
    (
        "200.note: integer is sent now",
        lambda d: fields(d, "Thing")["note"]["anyOf"].append({"type": "integer"}),
    ),
    ("type number is now string", lambda d: fields(d, "Thing")["size"].update(type="string")),
    (
        "format 'date' is now 'date-time'",
        lambda d: fields(d, "Thing")["day"].update(format="date-time"),
    ),
    ("200.parts[]: type", lambda d: fields(d, "Thing")["parts"].update(items={"type": "string"})),
    (
        "200.of.*: type integer is now number",
        lambda d: fields(d, "Thing")["of"].update(additionalProperties={"type": "number"}),
    ),
    ("anything may be sent", lambda d: fields(d, "Thing")["of"].pop("additionalProperties")),
    ("anything may be sent", lambda d: fields(d, "Thing")["parts"].pop("items")),
    (
        "not all that was taken",
        lambda d: fields(d, "Change")["extra"].update(additionalProperties=False),
    ),
    (
        "200.pair[1]: type",
        lambda d: fields(d, "Thing")["pair"]["prefixItems"][1].update(type="number"),
    ),
    ("another number of items", lambda d: fields(d, "Thing")["pair"]["prefixItems"].pop()),
]

HARMLESS: list[Edit] = [
    lambda d: d["info"].update(title="Other"),
    lambda d: d["paths"].update({"/more": {"get": {"operationId": "more", "responses": {}}}}),
    lambda d: get(d)["parameters"].append(NEW_PARAMETER | {"required": False}),
    lambda d: get(d).update(description="More words", summary="Words"),
    lambda d: parameter(d, 1)["schema"].update(maximum=500, minimum=0),
    lambda d: parameter(d, 1)["schema"].update(type="number"),
    lambda d: parameter(d, 0).update(schema={"type": "string"}),
    lambda d: parameter(d, 0).update(schema={"anyOf": [NAME, {"type": "integer"}]}),
    lambda d: patch(d).update(security=[]),
    lambda d: schema(d, "Change")["required"].clear(),
    lambda d: fields(d, "Change").update(more={"type": "string"}),
    lambda d: schema(d, "Change").update(additionalProperties=True),
    lambda d: fields(d, "Thing")["of"].update(additionalProperties=False),
    lambda d: fields(d, "Change")["name"]["anyOf"].append({"type": "integer"}),
    lambda d: fields(d, "Change")["size"].update(type="number"),
    lambda d: get(d)["responses"].pop("404"),
    lambda d: get(d)["responses"].update({"503": {}}),
    lambda d: fields(d, "Thing").update(more={"type": "string"}),
    lambda d: schema(d, "Thing")["required"].append("size"),
    lambda d: fields(d, "Thing").update(note={"type": "string"}),
    lambda d: fields(d, "Thing")["size"].update(type="integer"),
    lambda d: fields(d, "Thing")["name"].update(maxLength=10, format="uri", enum=["a"]),
    # The same schema under another name, and in place.
    lambda d: (
        d["components"]["schemas"].update(Sort=d["components"]["schemas"]["Kind"]),
        fields(d, "Thing").update(kind={"$ref": "#/components/schemas/Sort"}),
    ),
    lambda d: fields(d, "Thing").update(kind={"allOf": [{"$ref": "#/components/schemas/Kind"}]}),
]


@pytest.mark.parametrize(("message", "edit"), BREAKING, ids=[message for message, _ in BREAKING])
def test_breaking_changes_are_found(message: str, edit: Edit) -> None:
    changed = copy.deepcopy(DOCUMENT)
    edit(changed)
    found = breaking_changes(DOCUMENT, changed)
    assert any(message in line for line in found), found
    assert list(differences(DOCUMENT, changed))


@pytest.mark.parametrize("edit", HARMLESS)
def test_other_changes_break_nothing(edit: Edit) -> None:
    changed = copy.deepcopy(DOCUMENT)
    edit(changed)
    assert breaking_changes(DOCUMENT, changed) == []
    assert list(differences(DOCUMENT, changed))


def test_differences_are_json_pointers() -> None:
    old = {"paths": {"/a": {"get": 1, "put": {}}}, "tags": [1]}
    new = {"paths": {"/a": {"get": 2, "post": {}}}, "tags": [1, 2]}
    assert list(differences(old, new)) == [
        "~ /paths/~1a/get",
        "+ /paths/~1a/post",
        "- /paths/~1a/put",
        "~ /tags",
    ]


# --- the command ----------------------------------------------------------------------------------


def run(tmp_path: Path, *arguments: str) -> int:
    return snapshot.main(arguments, tmp_path / "openapi.json", tmp_path / "log.jsonl")


def keep(tmp_path: Path, document: dict[str, Any]) -> None:
    (tmp_path / "openapi.json").write_text(snapshot.formatted(document), "utf-8")


def test_a_first_snapshot_is_written(tmp_path: Path) -> None:
    assert run(tmp_path, "--write") == 0
    assert (tmp_path / "openapi.json").read_text("utf-8") == snapshot.formatted(CURRENT)
    assert run(tmp_path) == 0


def test_what_was_added_is_taken_without_a_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    older = copy.deepcopy(CURRENT)
    del older["paths"]["/v1/quotes"]
    keep(tmp_path, older)
    assert run(tmp_path) == 1
    assert "+ /paths/~1v1~1quotes" in capsys.readouterr().out
    assert run(tmp_path, "--write") == 0
    assert not (tmp_path / "log.jsonl").exists()
    assert run(tmp_path) == 0


def test_what_breaks_needs_a_reason_that_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    older = copy.deepcopy(CURRENT)
    older["paths"]["/v1/sayings"] = older["paths"]["/v1/quotes"]
    keep(tmp_path, older)
    for arguments in (("--write",), ("--write", "--breaking", " ")):
        assert run(tmp_path, *arguments) == 2
        told = capsys.readouterr()
        assert "GET /v1/sayings: the operation is gone" in told.out
        assert "--breaking" in told.err
    assert run(tmp_path) == 1
    assert run(tmp_path, "--write", "--breaking", "They are quotes.") == 0
    [line] = (tmp_path / "log.jsonl").read_text("utf-8").splitlines()
    entry = json.loads(line)
    assert entry["reason"] == "They are quotes."
    assert entry["changes"] == ["GET /v1/sayings: the operation is gone"]
    assert run(tmp_path) == 0
