from __future__ import annotations

import os
from pathlib import Path

from tests.e2e.running import Command


def test_an_authority_file_is_loaded_or_its_faults_are_named(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'onrecord.db'}"
    onrecord = Command({**os.environ, "ONRECORD_DATABASE_URL": url})
    file = tmp_path / "aster.csv"
    good = "id,name,kind\nQ1,Ana Berg,person\n"
    file.write_text(good + "Q2,Bo,elf\n", encoding="utf-8")
    assert "run `onrecord migrate`" in onrecord("authority", "load", str(file)).stderr
    onrecord("migrate")
    refused = onrecord("authority", "load", str(file))
    assert refused.returncode == 1
    assert "aster.csv:3: kind is none of" in refused.stderr
    assert "nothing was loaded" in refused.stderr
    file.write_text(good, encoding="utf-8")
    loaded = onrecord("authority", "load", str(file))
    assert loaded.stdout == "0 matched, 1 new, 0 known before, 0 passed over\n"
    assert onrecord("check").stdout == "the database is sound\n"
