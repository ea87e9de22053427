"""Filters that several operations share, as dependencies: lists, statistics, feeds, exports."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from app.api import parameters
from app.api.searching import SearchWords
from app.store.read.base import Period
from app.store.read.quote_keys import QuoteFilter


async def _quote_filter(
    speaker: parameters.Speakers = None,
    about: parameters.About = None,
    kind: parameters.QuoteKinds = None,
    speaker_status: parameters.SpeakerStatuses = None,
    publisher: parameters.Publishers = None,
    published_from: parameters.PublishedFrom = None,
    published_to: parameters.PublishedTo = None,
    cue_class: parameters.CueClasses = None,
    polarity: parameters.Polarities = None,
    min_confidence: parameters.MinConfidence = None,
    q: SearchWords = None,
) -> QuoteFilter:
    return QuoteFilter(
        speakers=speaker,
        about=about,
        kinds=kind,
        statuses=speaker_status,
        publishers=publisher,
        cue_classes=cue_class,
        polarities=polarity,
        min_confidence=min_confidence,
        period=Period(published_from, published_to),
        q=q,
    )


QuoteFilterDep = Annotated[QuoteFilter, Depends(_quote_filter)]
"""Every filter that a list of quotes takes."""
