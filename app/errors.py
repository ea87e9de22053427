"""The error tree. Every error carries a stable `code`; `api/` maps codes to HTTP statuses.

Messages are written for the person who can act on them: what is wrong, then what to do.
"""

from __future__ import annotations

from collections.abc import Sequence


class OnrecordError(Exception):
    """The root: anything that Onrecord itself has to say to its user."""

    code = "error"


class ConfigurationError(OnrecordError):
    """A setting has a value that it cannot have."""

    code = "configuration"


class DocumentError(OnrecordError):
    """A document could not be read. The job names it and goes on with the others."""

    code = "unreadable-document"

    def __init__(self, origin: str, reason: str) -> None:
        super().__init__(f"{origin}: {reason}")
        self.origin = origin
        self.reason = reason


class GoldError(OnrecordError):
    """Gold data, predictions or floors cannot be used; `faults` has a sentence for each reason."""

    code = "unusable-gold"

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


class TextTooLongError(OnrecordError):
    """A text is longer than the configured limit."""

    code = "text-too-long"


class ModelError(OnrecordError):
    """The configured spaCy model is missing or cannot be used."""

    code = "model-unavailable"


class StoreError(OnrecordError):
    """The database cannot be used as it is."""

    code = "store-unavailable"


class StoreBusyError(StoreError):
    """Another has been writing to the database for longer than one waits."""

    code = "store-busy"


class WithdrawnError(OnrecordError):
    """What is brought has been withdrawn and is not taken again."""

    code = "withdrawn"


class NotFoundError(OnrecordError):
    """Nothing of that id is on record."""

    code = "not-found"


class GoneError(OnrecordError):
    """It was on record and has been withdrawn."""

    code = "gone"


class ConflictError(OnrecordError):
    """What is asked contradicts what is on record."""

    code = "conflict"


class InvalidCorrectionError(OnrecordError):
    """A correction says something that cannot be."""

    code = "invalid-correction"


class InvalidCursorError(OnrecordError):
    """A page cursor is forged, damaged or belongs to another query."""

    code = "invalid-cursor"


class WorkerError(OnrecordError):
    """A worker process of a job died."""

    code = "worker-died"


class BusyError(OnrecordError):
    """There is more work waiting than is taken on."""

    code = "busy"


class ExtractionFailedError(OnrecordError):
    """An extraction ended in a fault of the extractor."""

    code = "extraction-failed"


class ExtractionTimeoutError(OnrecordError):
    """An extraction took longer than allowed."""

    code = "extraction-timeout"


class ExportError(OnrecordError):
    """An export cannot be written as it was asked for."""

    code = "export"
