"""From rows of the store and values of the extraction to the schemas of answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.api.offsets import OffsetMap
from app.api.pagination import Paging
from app.api.places import place
from app.api.schemas import articles as a
from app.api.schemas import common as c
from app.api.schemas import entities as e
from app.api.schemas import identity as i
from app.api.schemas import quotes as q
from app.domain import (
    CueClass,
    EntityKind,
    MentionType,
    Polarity,
    Precision,
    QuoteKind,
    SpeakerStatus,
    Via,
    ZoneKind,
)
from app.domain import PrintedTime as DomainTime
from app.store.read import articles, entities, identity, mentioned, quotes, related, suggest
from app.store.read.base import Page, Provenance, T, Total
from app.store.read.places import Whereabouts
from app.store.read.sightings import Sightings

# Zones that are a passage of the article rather than a mark in it.
_PASSAGES = (ZoneKind.PARAGRAPH, ZoneKind.HEADING)


# --- common parts ---------------------------------------------------------------------------------


def span(start: int, end: int, at: OffsetMap) -> c.Span:
    """A span with its text, its offsets counted by `at`."""
    return c.Span(start=at(start), end=at(end), text=at.text[start:end])


def total(found: Total) -> c.Total:
    """How many rows there are."""
    return c.Total(value=found.value, relation="eq" if found.exact else "gte")


def listing(page: Page[T], paging: Paging) -> dict[str, Any]:
    """The `next` and `total` of a list's answer."""
    return {"next": paging.next_url(page.after), "total": total(page.total)}


def provenance(found: Provenance, *, corrected: bool = False) -> c.Provenance:
    """Provenance; of a quote also whether an editor has corrected it."""
    return c.Provenance(
        extractor=found.extractor,
        model=found.model,
        article_revision=found.article_revision,
        corrected=corrected,
    )


def printed_time(stored: dict[str, Any] | None) -> c.PrintedTime | None:
    """A time as the store keeps it."""
    return None if stored is None else c.PrintedTime.model_validate(stored)


def domain_time(found: DomainTime | None) -> c.PrintedTime | None:
    """A time as a document states it."""
    if found is None:
        return None
    return c.PrintedTime(
        instant=found.instant,
        date=found.day,
        printed=found.printed,
        precision=Precision(found.precision),
        zone_assumed=found.zone_assumed,
    )


def zones(
    stored: Sequence[Sequence[Any]], at: OffsetMap, *, is_readable: bool = True
) -> list[c.Zone]:
    """Zones as the store keeps them: `[kind, start, end, value]`, code points.

    They have their texts only where the article's text may be read.
    """
    return [
        c.Zone(
            kind=ZoneKind(kind),
            start=at(start),
            end=at(end),
            text=at.text[start:end] if is_readable else None,
            value=value,
        )
        for kind, start, end, value in stored
    ]


def paragraph(stored: Sequence[Sequence[Any]], position: int, at: OffsetMap) -> c.Span:
    """The passage that holds a position in code points; its line where no zone does."""
    for kind, start, end, _ in stored:
        if kind in _PASSAGES and start <= position < end:
            return span(start, end, at)
    start = at.text.rfind("\n", 0, position) + 1
    end = at.text.find("\n", position)
    return span(start, len(at.text) if end < 0 else end, at)


# --- articles and entities ------------------------------------------------------------------------


def article_summary(row: articles.ArticleRow) -> a.ArticleSummary:
    """An article in a list."""
    return a.ArticleSummary(**_article_fields(row))


def _article_fields(row: articles.ArticleRow) -> dict[str, Any]:
    return {
        "id": row.uid,
        "url": row.url,
        "title": row.title,
        "publisher": row.publisher,
        "agency": row.agency,
        "authors": row.authors,
        "language": row.language,
        "published": printed_time(row.published),
        "duplicate_of": row.cluster if row.cluster != row.uid else None,
    }


def article_item(
    found: articles.ArticleDetail, at: OffsetMap, withheld: a.TextWithheld | None
) -> a.ArticleItem:
    """An article in full; without its text where there is a reason to withhold it."""
    return a.ArticleItem(
        **_article_fields(found.row),
        updated=printed_time(found.updated),
        dateline=found.dateline,
        first_seen=found.first_seen_at,
        changed=found.changed_at,
        sightings=found.sightings,
        duplicates=[_duplicate(row) for row in found.duplicates],
        revision=found.revision,
        offset_unit=at.unit,
        text=found.text if withheld is None else None,
        text_withheld=withheld,
        zones=zones(found.zones, at, is_readable=withheld is None),
        provenance=None if found.provenance is None else provenance(found.provenance),
    )


def _duplicate(row: articles.ArticleRow) -> c.ArticleRef:
    return c.ArticleRef(
        id=row.uid,
        url=row.url,
        title=row.title,
        publisher=row.publisher,
        published=printed_time(row.published),
    )


def mentioned_entity(found: mentioned.MentionedEntity, at: OffsetMap) -> a.MentionedEntity:
    """An entity with what one article says of it."""
    return a.MentionedEntity(
        id=found.uid,
        kind=EntityKind(found.kind),
        name=found.name,
        salience=found.salience,
        mentions=[mention(m.start, m.end, m.type, m.confidence, at) for m in found.mentions],
        roles=[span(start, end, at) for start, end in found.roles],
        place=place(found.place),
    )


def mention(start: int, end: int, type_: str, confidence: float | None, at: OffsetMap) -> a.Mention:
    """A mention with its text."""
    return a.Mention(
        start=at(start),
        end=at(end),
        text=at.text[start:end],
        type=MentionType(type_),
        confidence=confidence,
    )


def entity_summary(row: entities.EntityRow) -> e.EntitySummary:
    """An entity in a list."""
    return e.EntitySummary(**_entity_fields(row))


def entity_item(
    row: entities.EntityRow,
    aliases: list[str],
    roles: Sequence[entities.RoleSeen],
    whereabouts: Whereabouts | None,
    external_ids: Sequence[tuple[str, str]],
    proposals: Sequence[identity.Proposal] | None,
) -> e.EntityItem:
    """An entity in full."""
    return e.EntityItem(
        **_entity_fields(row),
        aliases=aliases,
        roles=[
            e.Role(
                text=role.text,
                articles=role.articles,
                first_seen=role.first_seen.date(),
                last_seen=role.last_seen.date(),
            )
            for role in roles
        ],
        place=place(whereabouts),
        external_ids=[i.ExternalId(authority=name, id=id) for name, id in external_ids],
        merge_proposals=None if proposals is None else [merge_proposal(p) for p in proposals],
    )


def merge_proposal(found: identity.Proposal) -> i.MergeProposal:
    """Another entity that may be the same."""
    return i.MergeProposal(
        entity=c.EntityRef(id=found.uid, name=found.name),
        score=found.score,
        reasons=found.reasons,
        article=found.article_uid,
    )


def counts(row: entities.EntityRow | related.RelatedRow | suggest.Suggestion) -> e.Counts:
    """How often an entity occurs."""
    return e.Counts(
        articles=row.articles,
        mentions=row.mentions,
        quotes=row.quotes,
        quoted_about=row.quoted_about,
    )


def _entity_fields(row: entities.EntityRow) -> dict[str, Any]:
    return {
        "id": row.uid,
        "kind": EntityKind(row.kind),
        "name": row.name,
        "counts": counts(row),
        "first_seen": row.first_seen.date(),
        "last_seen": row.last_seen.date(),
    }


# --- quotes ---------------------------------------------------------------------------------------


def quote_summary(row: quotes.QuoteRow) -> q.QuoteSummary:
    """A quote in a list."""
    return q.QuoteSummary(**_quote_fields(row))


def _speaker(row: quotes.QuoteRow) -> q.Speaker:
    organisation = None
    if row.organisation_uid is not None and row.organisation_name is not None:
        organisation = c.EntityRef(id=row.organisation_uid, name=row.organisation_name)
    return q.Speaker(
        id=row.speaker_uid,
        name=row.speaker_name,
        status=SpeakerStatus(row.speaker_status),
        described_as=row.described_as,
        organisation=organisation,
    )


def _article_ref(row: quotes.QuoteRow) -> c.ArticleRef:
    return c.ArticleRef(
        id=row.article_uid,
        url=row.article_url,
        title=row.article_title,
        publisher=row.article_publisher,
        published=printed_time(row.article_published),
    )


def _quote_fields(row: quotes.QuoteRow) -> dict[str, Any]:
    return {
        "id": row.uid,
        "kind": QuoteKind(row.kind),
        "text": row.text,
        "speaker": _speaker(row),
        "cue": row.cue,
        "cue_class": CueClass(row.cue_class),
        "polarity": Polarity(row.polarity),
        "confidence": row.confidence,
        "article": _article_ref(row),
    }


def sighting(row: quotes.QuoteRow) -> q.Sighting:
    """The same words elsewhere."""
    return q.Sighting(id=row.uid, speaker=_speaker(row), article=_article_ref(row))


def quote_item(
    found: quotes.QuoteDetail, seen: Sightings, at: OffsetMap, *, is_readable: bool
) -> q.QuoteItem:
    """A quote in full, with where else its words stand."""
    return q.QuoteItem(
        **dict(article_quote(found, at, is_readable=is_readable)),
        sightings=[sighting(row) for row in seen.newest],
        sightings_total=total(seen.total),
        first_sighting=None if seen.first is None else sighting(seen.first),
    )


def article_quote(found: quotes.QuoteDetail, at: OffsetMap, *, is_readable: bool) -> q.ArticleQuote:
    """A quote in full; its paragraph only for whoever may read the article's text.

    The paragraphs of all quotes would together be most of many an article.
    """
    content = found.spans["content"]
    evidence = q.Evidence(
        via=None if found.via is None else Via(found.via),
        antecedent=None if found.antecedent is None else span(*found.antecedent, at),
        alternatives=[
            q.Alternative(entity=named.uid, name=named.name, score=score)
            for named, score in found.alternatives
        ],
        extracted_speaker=None if found.extracted is None else _extracted(found.extracted),
    )
    return q.ArticleQuote(
        **_quote_fields(found.row),
        offset_unit=at.unit,
        content=[span(start, end, at) for start, end in content],
        cue_span=hull(found.spans["cue"], at),
        source=hull(found.spans["source"], at),
        evidence=evidence,
        about=[c.EntityRef(id=named.uid, name=named.name) for named in found.about],
        paragraph=paragraph(found.source.zones, content[0][0], at) if is_readable else None,
        parent=found.parent_uid,
        verbatim=found.verbatim,
        provenance=provenance(found.source.provenance, corrected=found.extracted is not None),
    )


def _extracted(found: quotes.ExtractedSpeaker) -> q.Speaker:
    named = found.named
    return q.Speaker(
        id=None if named is None else named.uid,
        name=None if named is None else named.name,
        status=SpeakerStatus(found.status),
    )


def hull(spans: Sequence[tuple[int, int]], at: OffsetMap) -> c.Span | None:
    """From the first to the last of some spans, None for no span."""
    if not spans:
        return None
    return span(min(start for start, _ in spans), max(end for _, end in spans), at)
