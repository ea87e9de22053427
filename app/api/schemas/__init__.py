"""What answers look like: pydantic models apart from the tables, every field always present."""
