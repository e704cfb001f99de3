"""The fault suite: a table of what can go wrong on the way to a backend, and what it must lead to."""
