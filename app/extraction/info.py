"""What an extraction was made by, told without loading spaCy.

A job that finds every article unchanged, and a server that only answers queries, never pay for the
model; so its metadata is read from its files.
"""

from __future__ import annotations

import hashlib
import json
from importlib.util import find_spec
from pathlib import Path

from app import __version__
from app.domain import ExtractorInfo
from app.errors import ModelError

SOURCES = ("documents", "extraction", "resolution/places", "store/gazetteer")
# What those share with other parts, and that changes what is found.
SHARED = ("geometry.py", "identity.py", "namesakes.py", "short_names.py", "words.py")
DESCRIBING = ("meta.json", "config.cfg")
TAGGER_DIGESTS = Path(__file__).parent / "models" / "quotes" / "digests.json"


def model_folder(name: str) -> Path:
    """The folder of a spaCy model given by package name or path; raises ModelError."""
    given = Path(name)
    if given.is_dir() and (given / "config.cfg").is_file():
        return given
    spec = find_spec(name) if name.isidentifier() else None
    if spec is not None and spec.origin is not None:
        package = Path(spec.origin).parent
        for config in sorted(package.glob("*/config.cfg")):
            return config.parent
    raise ModelError(
        f"spaCy model {name!r} is not installed. Run `make setup`, or set ONRECORD_SPACY_MODEL to "
        "an installed model package or to a model's folder."
    )


def extractor_info(model: str, extractor: str) -> ExtractorInfo:
    """Version, model and settings of the extractor, each with a digest; raises ModelError.

    The settings' digest covers the sources of this package, of the readers and of what puts
    locations on the map as well: an extraction by other rules, of other zones or places, is another
    run, also between releases.
    """
    folder = model_folder(model)
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    described = hashlib.sha256()
    for name in DESCRIBING:
        described.update((folder / name).read_bytes())
    settings = hashlib.sha256(extractor.encode())
    app = Path(__file__).parents[1]
    files = [path for part in SOURCES for path in (app / part).rglob("*.py")]
    files += [app / name for name in SHARED]
    files += (app / "resolution" / "places").glob("*.json")
    files += (app / "extraction" / "models" / "names").glob("*.json")
    if extractor == "tagger":
        # The weights' own digest stands beside them: hashing 22 MB would be felt at each start.
        files.append(TAGGER_DIGESTS)
    for source in sorted(files):
        settings.update(source.relative_to(app).as_posix().encode())
        settings.update(source.read_bytes())
    return ExtractorInfo(
        version=__version__,
        model=f"{meta['lang']}_{meta['name']}-{meta['version']}",
        model_digest=described.hexdigest()[:16],
        settings_digest=settings.hexdigest()[:16],
    )
