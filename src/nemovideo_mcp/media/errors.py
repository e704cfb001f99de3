"""The one error of this room."""


class MediaError(Exception):
    """A file that cannot be used. ``reason`` completes "<the file's name> …" and is written for its owner.

    It crosses process boundaries, so it holds its reason and nothing else.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
