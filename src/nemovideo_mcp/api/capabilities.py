"""What a backend can do beyond the API's calls. One that lists none is the cloud as it is."""

from enum import StrEnum


class Capability(StrEnum):
    """The names that a session answer may carry in ``capabilities``."""

    OPERATIONS = "operations"
    PROJECTS = "projects"
    PREVIEW = "preview"
    VERSIONS = "versions"
    OUTPUT = "output"
    CANCEL_RUNNING = "cancel_running"


APPLY_OPERATIONS = "apply_operations"
"""The name of the function call in whose response a capable backend reports an edit."""
