"""Tables, sessions, writing and reading: the only place that writes SQL."""
