"""Reading from the store: one module a resource, Core only, rows as frozen dataclasses."""
