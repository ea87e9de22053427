from __future__ import annotations

import re
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator
from pydantic import BaseModel

from app.api import examples
from app.api.parameters import parse_bound
from app.api.problems import KINDS
from app.main import create_app
from app.settings import Settings

DOCUMENT = create_app(Settings()).openapi()
OPERATIONS = {
    operation["operationId"]: operation
    for operations in DOCUMENT["paths"].values()
    for operation in operations.values()
}


def validator(schema: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator({**schema, "components": DOCUMENT["components"]})


def test_it_is_openapi_3_1() -> None:
    assert DOCUMENT["openapi"].startswith("3.1")
    assert len(OPERATIONS) == sum(len(item) for item in DOCUMENT["paths"].values())
    assert set(OPERATIONS) == set(examples.BY_OPERATION)


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_is_described(name: str) -> None:
    operation = OPERATIONS[name]
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", name)
    assert operation["summary"]
    assert len(operation["description"]) >= 20
    assert len(operation["tags"]) == 1
    for parameter in operation.get("parameters", ()):
        if parameter["name"] != "code":
            assert parameter["description"], parameter["name"]
        assert {"type": "null"} not in parameter["schema"].get("anyOf", ())


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_has_an_example_that_its_schema_allows(name: str) -> None:
    [content] = OPERATIONS[name]["responses"]["200"]["content"].values()
    assert list(validator(content["schema"]).iter_errors(content["example"])) == []
    model = examples.BY_OPERATION[name]
    assert isinstance(model, BaseModel)
    assert type(model).model_validate(model.model_dump()) == model


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_declares_its_errors(name: str) -> None:
    responses = OPERATIONS[name]["responses"]
    assert {"200", "406", "422", "500"} <= responses.keys()
    if any(p["in"] == "path" for p in OPERATIONS[name].get("parameters", ())):
        assert "404" in responses
    for status, response in responses.items():
        if status[0] in "45":
            [(media_type, content)] = response["content"].items()
            assert media_type == "application/problem+json"
            for code, example in content["examples"].items():
                assert KINDS[code].status == int(status)
                assert list(validator(content["schema"]).iter_errors(example["value"])) == []


def test_what_extract_takes_has_examples_that_its_schema_allows() -> None:
    content = OPERATIONS["extract"]["requestBody"]["content"]
    assert set(content) == {"application/json", "text/plain", "text/html"}
    for media in content.values():
        assert list(validator(media["schema"]).iter_errors(media["example"])) == []
    schema = validator(content["application/json"]["schema"])
    for wrong in ({}, {"text": "a", "html": "b"}, {"text": None}, {"text": "a", "more": 1}):
        assert list(schema.iter_errors(wrong))


def test_extract_declares_that_it_may_be_busy_or_too_slow() -> None:
    responses = OPERATIONS["extract"]["responses"]
    examples_of = {
        s: set(r["content"]["application/problem+json"]["examples"])
        for s, r in responses.items()
        if s >= "4"
    }
    assert examples_of["503"] == {"busy", "model-unavailable"}
    assert examples_of["408"] == {"request-timeout"}


@pytest.mark.parametrize(
    ("value", "allowed"),
    [
        ("2031-03-01", True),
        ("2031-03-01T07:12:00Z", True),
        ("2031-03-01t07:12:00.25+02:00", True),
        ("2031-03-01T07:12:00", False),
        ("2031-03", False),
        ("yesterday", False),
    ],
)
def test_a_bound_is_described_as_it_is_read(value: str, allowed: bool) -> None:
    [bound] = [p for p in OPERATIONS["list_quotes"]["parameters"] if p["name"] == "published_from"]
    assert bound["schema"]["type"] == "string"
    assert validator(bound["schema"]).is_valid(value) is allowed
    if allowed:
        parse_bound(value)
    else:
        with pytest.raises(ValueError, match=re.escape(value)):
            parse_bound(value)


def test_every_reference_leads_somewhere() -> None:
    found = set(re.findall(r"'\$ref': '#/components/schemas/([^']+)'", repr(DOCUMENT)))
    assert found <= DOCUMENT["components"]["schemas"].keys()
