"""Counterparts for tests: a scripted backend, and servers on real sockets."""
