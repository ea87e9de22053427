"""From mentions to the entities of an article."""
