"""Hostile strings in every parameter of every GET operation, over real HTTP."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from app.main import create_app
from app.settings import Settings
from tests.api.newsroom import MIRA, uid

DOCUMENT = create_app(Settings()).openapi()
GETS = {
    operations["get"]["operationId"]: (path, operations["get"])
    for path, operations in DOCUMENT["paths"].items()
    if "get" in operations
}
PROBLEM = "application/problem+json"
JSON_TYPES = ("application/json", "+json")

# As they stand in an address: percent-escapes that are no text cannot be written otherwise.
RAW = {
    "NUL": "%00",
    "NUL inside": "mira%00kovalenko",
    "lone surrogates": "%ED%A0%80x%ED%BF%BF",
    "no UTF-8": "%FF%FE%C3%28",
    "half an escape": "%E2%82",
    "a line break and a header": "x%0D%0ASet-Cookie:%20hostile=1",
}
PLAIN = {
    "FTS operators": '"pier" AND NOT (crane OR NEAR(harbour quay, 5)) ^col: -word*',
    "an open phrase": '"pier',
    "an FTS column": "rowid:1 {text}:x",
    "operators alone": "AND OR NOT NEAR",
    "stars": "***",
    "exclusion alone": "-",
    "brackets": "((((((((((",
    "SQL": "' OR 1=1; DROP TABLE quote; --",
    "SQL in double quotes": '"; DELETE FROM entity WHERE "1"="1',
    "a LIKE pattern": "%_\\%",
    "right-to-left marks": "\u202e\u200f\u2066oknelavoK ariM\u2069",
    "emoji": "🏗👩‍👩‍👧\ufe0f",
    "combining marks": "a" + "\u0301" * 300,
    "the last code point": "\U0010ffff\ufffe",
    "white space": " \t\u3000\u00a0",
    "nothing": "",
    "overlong": "pier " * 1_600,
    "one long word": "x" * 8_000,
    "a path upwards": "../../../etc/passwd",
    "a file address": "file:///etc/passwd",
    "an address that is none": "http://[::1",
    "a format string": "%s%n{0}{__class__}${7*7}{{7*7}}",
    "a tag": "<script>alert(1)</script>",
    "a formula": '=cmd|"/c calc"!A1',
    "a huge number": "9" * 400,
    "past 64 bits": str(2**63),
    "a negative number": "-9223372036854775809",
    "NaN": "NaN",
    "infinity": "-Infinity",
    "an exponent": "1e999999",
    "digits of another script": "٣",
    "a date that is none": "2031-02-30",
    "a year that is none": "99999-01-01T00:00:00Z",
    "JSON": '{"$ne": null}',
    "null": "null",
}
# Enough for numbers and for values of a list, which are refused before anything looks at them.
FOR_CHOICES = (
    *RAW,
    "SQL",
    "right-to-left marks",
    "nothing",
    "a format string",
    "a huge number",
    "past 64 bits",
    "NaN",
    "infinity",
    "an exponent",
    "digits of another script",
)
FOR_NAMES = (*RAW, "SQL", "right-to-left marks", "nothing", "overlong", "a format string")
HOSTILE = RAW | {name: quote(text, safe="") for name, text in PLAIN.items()}


def is_free(schema: dict[str, Any]) -> bool:
    """Whether any string, or any of some form, may be given."""
    if "$ref" in schema:
        return is_free(DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    parts = [*schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else [])]
    is_string = schema.get("type") == "string" and not {"enum", "const"} & schema.keys()
    return is_string or any(is_free(part) for part in parts)


@pytest.fixture(scope="module")
def ids(client: httpx.Client) -> dict[str, str]:
    """For each parameter in a path, a value that leads somewhere."""
    return {
        "article_id": client.get("/v1/articles?limit=1").json()["results"][0]["id"],
        "quote_id": client.get("/v1/quotes?limit=1").json()["results"][0]["id"],
        "entity_id": uid(MIRA),
        "code": "gone",
        "n": "1",
    }


def example(parameter: dict[str, Any]) -> str:
    found = parameter.get("examples") or parameter["schema"].get("examples") or ["1"]
    value = found[0] if isinstance(found, list) else next(iter(found.values()))["value"]
    return quote(str(value[0] if isinstance(value, list) else value), safe="")


def address(
    path: str, parameters: list[dict[str, Any]], ids: dict[str, str], hostile: str, value: str
) -> str:
    """The path with `value` for the parameter `hostile`, and what else it needs."""
    query = []
    for parameter in parameters:
        name = parameter["name"]
        if parameter["in"] == "path":
            fitting = ids[name] if name in ids else example(parameter)
            path = path.replace(f"{{{name}}}", value if name == hostile else fitting)
        elif name == hostile:
            query.append(f"{name}={value}")
        elif parameter.get("required"):
            query.append(f"{name}={example(parameter)}")
    return f"{path}?{'&'.join(query)}" if query else path


def check(response: httpx.Response, operation: dict[str, Any], what: str) -> None:
    """An answer or a problem that the document declares, and nothing of the server's inside."""
    assert response.status_code < 500, what
    assert "set-cookie" not in response.headers, what
    assert "Traceback" not in response.text, what
    assert 'File "' not in response.text, what
    declared = operation["responses"].get(str(response.status_code), {}).get("content", {})
    media_type = response.headers.get("content-type", "").partition(";")[0]
    if response.status_code >= 400:
        assert media_type == PROBLEM, what
        assert response.json()["status"] == response.status_code, what
    elif response.status_code == 200:
        assert media_type in {name.partition(";")[0] for name in declared}, what
        if media_type.endswith(JSON_TYPES):
            json.loads(response.text)
    else:
        assert response.status_code in (304, 308), what


@pytest.mark.parametrize("name", GETS)
def test_hostile_strings_are_answered(client: httpx.Client, ids: dict[str, str], name: str) -> None:
    path, operation = GETS[name]
    parameters = operation.get("parameters", [])
    for parameter in parameters:
        if parameter["in"] == "header":
            continue
        for what in HOSTILE if is_free(parameter["schema"]) else FOR_CHOICES:
            value = HOSTILE[what]
            # A path without a segment is another path.
            if value == "" and parameter["in"] == "path":
                continue
            url = address(path, parameters, ids, parameter["name"], value)
            response = client.get(url)
            check(response, operation, f"{what} in {parameter['name']}: {url[:300]}")


@pytest.mark.parametrize("name", GETS)
def test_hostile_names_of_parameters_are_answered(
    client: httpx.Client, ids: dict[str, str], name: str
) -> None:
    path, operation = GETS[name]
    start = address(path, operation.get("parameters", []), ids, "", "")
    for what in FOR_NAMES:
        response = client.get(f"{start}{'&' if '?' in start else '?'}{HOSTILE[what]}=1")
        check(response, operation, f"{what} as the name of a parameter of {path}")


def test_every_parameter_is_tried() -> None:
    places = {p["in"] for _, operation in GETS.values() for p in operation.get("parameters", ())}
    assert places <= {"path", "query"}
    assert len(GETS) > 20
