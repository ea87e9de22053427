"""Learning how to weigh the evidence for places."""
