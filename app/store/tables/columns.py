"""Types of columns that several tables share."""

from __future__ import annotations

from sqlalchemy import JSON

# None is SQL's NULL and not the JSON text "null".
NULLABLE_JSON = JSON(none_as_null=True)
