"""From the entities of one article to entities known across articles."""
