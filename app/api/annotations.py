"""From rows of the store to Web Annotations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.api.schemas import annotations as w
from app.store.read.annotations import MentionFound, QuoteFound, Row
from app.store.read.articles import ArticleDetail

# Enough to find a short name again in a page that has changed around it.
AROUND = 32


@dataclass(frozen=True, slots=True)
class Annotating:
    """Makes the annotations of one article. `base` is the address of the API, `/v1` included.

    `is_readable`: whether the caller may read the article's text. Without it what stands around a
    quote or mention is left out, since all of it together would be the text.
    """

    found: ArticleDetail
    base: str
    is_readable: bool

    @property
    def article(self) -> str:
        """The article's address in this API."""
        return f"{self.base}/articles/{self.found.row.uid}"

    @property
    def collection(self) -> str:
        """The collection's address."""
        return f"{self.article}/annotations"

    def whole(self, first: w.AnnotationPage, total: int) -> w.AnnotationCollection:
        """All `total` annotations, with their first page."""
        return w.AnnotationCollection(
            context=w.CONTEXT,
            id=self.collection,
            type="AnnotationCollection",
            label=f"Quotes and mentions in {self.found.row.title or self.found.row.uid}",
            total=total,
            first=first,
        )

    def page(
        self, rows: Sequence[Row], before: int = 0, following: str | None = None
    ) -> w.AnnotationPage:
        """Some annotations behind `before` others, as the first page inside the collection."""
        return w.AnnotationPage(
            id=f"{self.collection}#first",
            type="AnnotationPage",
            part_of=self.collection,
            start_index=before,
            items=[self._annotation(row) for row in rows],
            next=following,
        )

    def _annotation(self, row: Row) -> w.Annotation:
        """A quote or mention; its id stays as long as the quote does, or the mention's place."""
        return self._quote(row) if isinstance(row, QuoteFound) else self._mention(row)

    def _quote(self, row: QuoteFound) -> w.Annotation:
        address = f"{self.base}/quotes/{row.uid}"
        body: list[w.EntityBody | w.QuoteBody | w.TagBody] = [
            w.QuoteBody(
                type="SpecificResource",
                source=w.AnnotatedQuotation(
                    id=address, type="schema:Quotation", text=row.text, spoken_by=self._person(row)
                ),
                purpose="describing",
            )
        ]
        name = row.described_as if row.speaker is None else row.speaker[1]
        if name is not None:
            body.append(w.TagBody(type="TextualBody", value=name, purpose="tagging"))
        return self._made(row.uid, "describing", body, row.content)

    def _person(self, row: QuoteFound) -> w.Person | None:
        if row.speaker is None:
            return None
        uid, name = row.speaker
        return w.Person(id=f"{self.base}/entities/{uid}", name=name)

    def _mention(self, row: MentionFound) -> w.Annotation:
        body: list[w.EntityBody | w.QuoteBody | w.TagBody] = [
            w.EntityBody(
                type="SpecificResource",
                source=f"{self.base}/entities/{row.entity_uid}",
                purpose="identifying",
            ),
            w.TagBody(type="TextualBody", value=row.entity_name, purpose="tagging"),
        ]
        name = f"mention-{self.found.revision}-{row.start}-{row.end}"
        return self._made(name, "identifying", body, [(row.start, row.end)])

    def _made(
        self,
        name: str,
        motivation: w.Motivation,
        body: list[w.EntityBody | w.QuoteBody | w.TagBody],
        spans: Iterable[tuple[int, int]],
    ) -> w.Annotation:
        provenance = self.found.provenance
        assert provenance is not None
        return w.Annotation(
            id=f"{self.collection}#{name}",
            type="Annotation",
            motivation=motivation,
            body=body,
            target=[self._target(start, end) for start, end in spans],
            generator=w.Software(
                type="Software", name=f"Onrecord {provenance.extractor} ({provenance.model})"
            ),
        )

    def _target(self, start: int, end: int) -> w.Target:
        text, is_readable = self.found.text, self.is_readable
        quoted = w.TextQuoteSelector(
            type="TextQuoteSelector",
            exact=text[start:end],
            prefix=text[max(0, start - AROUND) : start] if is_readable else None,
            suffix=text[end : end + AROUND] if is_readable else None,
        )
        return w.Target(
            type="SpecificResource",
            source=self.found.row.url or self.article,
            selector=[
                quoted,
                w.TextPositionSelector(type="TextPositionSelector", start=start, end=end),
            ],
            state=w.State(
                type="TimeState", cached=f"{self.article}/revisions/{self.found.revision}"
            ),
        )
