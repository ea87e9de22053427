import pytest

from app.documents import document_from_text
from app.documents.language import detect_language


@pytest.mark.parametrize("text", ["", "Ok", "123 456 789 " * 20, "😀" * 50, "Reuters"])
def test_unsure(text: str) -> None:
    assert detect_language([text]) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The mayor of Oldtown opened\nthe bridge on Wednesday.", "en"),
        ("THE MAYOR OF OLDTOWN OPENED THE BRIDGE ON WEDNESDAY.", "en"),
        ("Le maire de la ville a inauguré le pont mercredi matin.", "fr"),
        ("Der Bürgermeister hat am Mittwoch die Brücke eröffnet.", "de"),
    ],
)
def test_detects(text: str, language: str) -> None:
    assert detect_language([text]) == language


def test_looks_at_the_beginning_only() -> None:
    english = "The mayor opened the bridge and spoke to the crowd. " * 60
    assert detect_language([english, "Le maire de la ville a inauguré le pont. " * 500]) == "en"


def test_a_stated_language_wins() -> None:
    text = "The mayor of Oldtown opened the bridge on Wednesday."
    assert document_from_text(text, "a").language == "en"
    assert document_from_text(text, "a", language="sv").language == "sv"
