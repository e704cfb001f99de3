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
    UPLOAD_ORDER = "upload_order"


UPLOAD_POSITION = "X-Upload-Position"
"""The header that tells a backend with `Capability.UPLOAD_ORDER` by which number (whole, up to 2^53) to sort a file into the
pool: then uploads may arrive in any order."""
APPLY_OPERATIONS = "apply_operations"
"""The name of the function call in whose response a capable backend reports an edit."""
