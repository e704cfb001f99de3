"""The server on a network: who asks, what is theirs, how much they may ask, and where they fetch their films."""
