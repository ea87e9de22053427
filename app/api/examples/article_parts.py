"""Examples of an article's texts and annotations."""

from __future__ import annotations

from datetime import UTC, datetime

from pydantic import BaseModel

from app.api.annotations import Annotating
from app.api.examples import spine
from app.api.offsets import OffsetUnit
from app.api.schemas import annotations as w
from app.api.schemas.article_parts import RevisionItem, RevisionList, RevisionSummary
from app.api.schemas.common import Total
from app.identity import sha256
from app.store.read.annotations import MentionFound, QuoteFound, Row
from app.store.read.articles import ArticleDetail, ArticleRow
from app.store.read.base import Provenance

_ARTICLE = spine.ARTICLE
_SUMMARY = RevisionSummary(
    n=1,
    created_at=datetime(2031, 3, 3, 8, 0, tzinfo=UTC),
    sha256=sha256(spine.TEXT),
    characters=len(spine.TEXT),
    current=True,
)
REVISIONS = RevisionList(results=[_SUMMARY], next=None, total=Total(value=1, relation="eq"))
REVISION = RevisionItem(
    **dict(_SUMMARY),
    article=_ARTICLE.id,
    offset_unit=OffsetUnit.CODEPOINT,
    text=spine.TEXT,
    text_withheld=None,
    zones=_ARTICLE.zones,
)


def _annotations() -> w.AnnotationCollection:
    row = ArticleRow(
        pk=1,
        uid=_ARTICLE.id,
        url=_ARTICLE.url,
        title=_ARTICLE.title,
        publisher=_ARTICLE.publisher,
        agency=None,
        authors=_ARTICLE.authors,
        language=_ARTICLE.language,
        published=None,
        cluster=None,
    )
    detail = ArticleDetail(
        row=row,
        duplicates=[],
        dateline=None,
        updated=None,
        first_seen_at=_ARTICLE.first_seen,
        changed_at=_ARTICLE.changed,
        sightings=1,
        revision=1,
        text=spine.TEXT,
        zones=[],
        provenance=Provenance("0.1.0", "en_core_web_md-3.7.1", 1),
    )
    annotating = Annotating(detail, "https://onrecord.example/v1", is_readable=True)
    quote = spine.QUOTE
    mention = spine.ARTICLE_ENTITIES.results[0].mentions[0]
    speaker = (quote.speaker.id or "", quote.speaker.name or "")
    found: list[Row] = [
        MentionFound(mention.start, mention.end, *speaker),
        QuoteFound(quote.id, quote.text, [(s.start, s.end) for s in quote.content], speaker, None),
    ]
    return annotating.whole(annotating.page(found), len(found))


BY_OPERATION: dict[str, BaseModel] = {
    "list_article_revisions": REVISIONS,
    "get_article_revision": REVISION,
    "list_article_annotations": _annotations(),
}
