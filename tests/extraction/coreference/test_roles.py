from __future__ import annotations

from app.extraction.coreference.roles import Role, can_mean, counterpart, read_role


def role(text: str) -> Role:
    found = read_role(text.lower().split())
    assert found is not None
    return found


def test_the_head_stands_before_of() -> None:
    assert role("US Secretary of State").head == "secretary"
    assert role("head of the harbour workers").head == "head"
    assert role("Bank of Lindhaven governor").head == "governor"
    assert read_role(["the", "harbour"]) is None
    assert read_role(["counsellor", "to", "the", "president"]) is None


def test_a_description_means_the_holder_of_its_role() -> None:
    held = role("US Secretary of State")
    assert can_mean(role("US Secretary of State"), held)
    assert can_mean(role("secretary of state"), held)
    assert can_mean(role("head of American diplomacy"), held)
    assert not can_mean(role("head of German diplomacy"), held)
    assert not can_mean(role("German chancellor"), held)


def test_a_deputy_is_not_the_holder() -> None:
    assert not can_mean(role("president"), role("vice president"))
    assert can_mean(role("vice president"), role("vice president"))


def test_an_unknown_modifier_excludes() -> None:
    assert not can_mean(role("harbour director"), role("school director"))
    assert not can_mean(role("finance minister"), role("foreign minister"))


def test_federal_fits_offices_of_federations_only() -> None:
    assert can_mean(role("federal minister"), role("Austrian foreign minister"))
    assert not can_mean(role("federal minister"), role("French foreign minister"))
    assert not can_mean(role("federal minister"), role("foreign minister"))


def test_one_office_has_several_names() -> None:
    assert can_mean(role("the senator"), role("Sen."))
    assert can_mean(role("the judge"), role("Lindhaven Supreme Court Justice"))
    assert can_mean(role("the chief executive"), role("chief executive officer of Acme"))
    assert can_mean(role("the CEO"), role("Acme chief executive"))
    assert can_mean(role("the attorney general"), role("Attorney General"))
    assert not can_mean(role("the attorney general"), role("defence attorney"))
    assert read_role(["the", "executive"]) is None


def test_a_counterpart_holds_the_same_office_elsewhere() -> None:
    own = counterpart(role("his German counterpart"), [role("US Secretary of State")])
    assert can_mean(role("head of German diplomacy"), own)
    assert can_mean(role("federal minister"), own)
    assert not can_mean(role("US Secretary of State"), own)
