"""A photo as JPEG, for a backend that cannot read what phones write. Heavy: for worker processes."""

from pathlib import Path

from nemovideo_mcp.media import pictures

QUALITY = 95


def to_jpeg(source: Path, target: Path) -> None:
    """Write ``source`` (HEIC, AVIF, …) as an upright JPEG with its date, its colours and no place.

    Raises:
        MediaError: it cannot be decoded.
        OSError: ``target`` cannot be written.
    """
    with pictures.open_upright(source, srgb=False) as image:
        exif = image.getexif()
        exif.pop(0x0112, None)  # it is upright now
        exif.pop(0x8825, None)
        image.convert("RGB").save(
            target, "JPEG", quality=QUALITY, exif=exif.tobytes(), icc_profile=image.info.get("icc_profile")
        )
