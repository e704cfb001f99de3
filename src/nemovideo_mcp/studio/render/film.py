"""A whole render, from the job to the file in its place; and single frames of it."""

import errno
import io
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import av
import av.error
from av.video.frame import VideoFrame
from PIL import Image

from nemovideo_mcp.media import pictures
from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.formats import FILMS
from nemovideo_mcp.media.probe import picture_stream, upright_size
from nemovideo_mcp.media.verify import verify
from nemovideo_mcp.studio.render import limits, mux
from nemovideo_mcp.studio.render.coders import Style
from nemovideo_mcp.studio.render.compose import Compositor
from nemovideo_mcp.studio.render.encode import Encoder
from nemovideo_mcp.studio.render.hearing import Hearing
from nemovideo_mcp.studio.render.job import FramesJob, JoinJob, PieceJob, RenderError, RenderJob, RenderResult
from nemovideo_mcp.studio.render.plan import Plan, make_plan
from nemovideo_mcp.studio.render.planes import tag, views
from nemovideo_mcp.studio.render.proof import Proof
from nemovideo_mcp.studio.render.sound.mix import mixed
from nemovideo_mcp.studio.render.sound.samples import RATE
from nemovideo_mcp.studio.render.sound.voices import voices
from nemovideo_mcp.timeline import draft
from nemovideo_mcp.timeline.cards import label, numbers
from nemovideo_mcp.timeline.model import BUILT_IN, MOODS, Clip, Overlay, Timeline
from nemovideo_mcp.timeline.music_plan import mood_of
from nemovideo_mcp.timeline.time import frame_at

Report = Callable[[float, str], None]
"""Takes the progress, 0 to 1, and a message for a person."""

_DRAWN = 0.98
"""The progress when the last frame is drawn: what is left is the encoder's delay and the index of the file."""
_WRITTEN = 0.99
_FALSE = "The film was made, but {}; nothing was kept. Try again, and choose another format or quality if it stays so."


def render(job: RenderJob, report: Report) -> RenderResult:
    """Makes the film and puts it at ``job.output``; a file that is there already is replaced, in one step.

    Raises:
        RenderError: the film cannot be made; nothing is left behind.
    """
    with _written(job.partial, job.output):
        result = _rendered(job, report)
        _publish(job.partial, job.output)
    report(1.0, "Done")
    return result


def render_piece(job: PieceJob, report: Report) -> tuple[str, ...]:
    """Makes the pictures of a piece at ``job.partial``; what could not be drawn as asked.

    Raises:
        RenderError: they cannot be made; nothing is left behind.
    """
    film = job.film
    with _written(job.partial, film.output, keep=True):
        timeline, plan = prepared(film)
        with (
            _compositor(plan, timeline, film, ahead=True) as compositor,
            Encoder(job.partial, plan.canvas, _style(film, plan, job.of), None) as encoder,
        ):
            proof = _draw(plan, range(job.first, min(job.last, plan.frames)), compositor, encoder, report)
            encoder.finish()
        _hold(job.partial, plan, proof)
    report(1.0, "Done")
    return compositor.notes


def join(job: JoinJob, report: Report) -> RenderResult:
    """Makes the film of its pieces, and its sound, and puts it at its place.

    Raises:
        RenderError: it cannot be made; nothing is left behind but the pieces.
    """
    film = job.film
    with _written(job.partial, film.output):
        timeline, plan = prepared(film)
        sound = _sound(timeline, plan, film)
        fps = plan.canvas.fps
        bits = limits.sound_of(film, plan.canvas, plan.frames)
        pieces = [piece.partial for piece in job.pieces]
        for written in mux.join(job.partial, film.format, pieces, fps, sound, film.title, bits):
            report(_DRAWN * written / plan.frames, "Joining the film")
        _hold(job.partial, plan, None, sound)
        result = _result(timeline, plan, film, sound is not None, sound.notes if sound else ())
        _publish(job.partial, film.output)
    report(1.0, "Done")
    return result


@contextmanager
def _written(path: Path, output: Path, *, keep: bool = False) -> Iterator[None]:
    """A file that is being made for ``output``: gone afterwards, or after a failure only (``keep``).

    Raises:
        RenderError: it cannot be written.
    """
    try:
        # The encoder opens its file late; a folder that cannot be written to is better found before the work.
        path.touch()
        yield
    except BaseException as error:
        keep = False
        if isinstance(error, (av.error.FFmpegError, OSError)):
            raise RenderError(_disk_reason(error, output)) from error
        raise
    finally:
        if not keep:
            with suppress(OSError):
                path.unlink()


def frames(job: FramesJob) -> list[bytes]:
    """JPEGs of the film at the times asked for (ms; clamped to the film), in their order, at most ``max_width`` wide."""
    film = job.film
    canvas = draft.decode(film.draft).canvas
    width, height = film.width or canvas.width, film.height or canvas.height
    if width > job.max_width:
        width, height = job.max_width, max(16, round(height * job.max_width / width))
    timeline, plan = prepared(film.model_copy(update={"width": width, "height": height}))
    wanted = [min(frame_at(max(0, ms), plan.canvas.fps), plan.frames - 1) for ms in job.times_ms]
    made: dict[int, bytes] = {}
    with _compositor(plan, timeline, film, ahead=False) as compositor:
        for n in sorted(set(wanted)):
            frame = VideoFrame(plan.canvas.width, plan.canvas.height, "yuv420p")
            tag(frame)
            compositor.draw(n, views(frame))
            made[n] = _jpeg(frame)
    return [made[n] for n in wanted]


def _rendered(job: RenderJob, report: Report) -> RenderResult:
    timeline, plan = prepared(job)
    sound = _sound(timeline, plan, job)
    with (
        _compositor(plan, timeline, job, ahead=True) as compositor,
        Encoder(job.partial, plan.canvas, _style(job, plan), sound, job.title) as encoder,
    ):
        proof = _draw(plan, range(plan.frames), compositor, encoder, report)
        report(_DRAWN, "Finishing the file")
        encoder.finish()
    report(_WRITTEN, "Checking the film")
    _hold(job.partial, plan, proof, sound)
    notes = (*compositor.notes, *(sound.notes if sound else ()))
    return _result(timeline, plan, job, sound is not None, notes, decode=False)


def _compositor(plan: Plan, timeline: Timeline, job: RenderJob, *, ahead: bool) -> Compositor:
    return Compositor(plan, timeline.texts, job.files, ahead=ahead, overlays=timeline.overlays)


def _style(job: RenderJob, plan: Plan, pieces: int = 1) -> Style:
    ceiling = limits.ceiling(job, plan.canvas, plan.frames, pieces)
    # Matroska keeps no decoding times, which a join needs.
    format = "mp4" if pieces > 1 and job.format == "mkv" else job.format
    return Style(format, job.quality, ceiling, plan.cuts(), limits.sound_of(job, plan.canvas, plan.frames))


def _sound(timeline: Timeline, plan: Plan, job: RenderJob) -> Hearing | None:
    found = voices(timeline, plan, job.files) if FILMS[job.format].sound else []
    if not found:
        return None
    notes = tuple(dict.fromkeys(voice.note for voice in found if voice.note))
    return Hearing(mixed(found, plan.frames * RATE // plan.canvas.fps), notes)


def _result(
    timeline: Timeline, plan: Plan, job: RenderJob, has_audio: bool, notes: tuple[str, ...], *, decode: bool = True
) -> RenderResult:
    """What was made, once its file was opened and found to be that; ``decode``: its frames were not looked at before.

    Raises:
        RenderError: it is not, or it is larger than it may be.
    """
    canvas = plan.canvas
    duration_ms = round(plan.frames * 1000 / canvas.fps)
    try:
        made = verify(
            job.partial,
            format=job.format,
            width=canvas.width,
            height=canvas.height,
            duration_ms=duration_ms,
            fps=canvas.fps,
            frames=plan.frames,
            audio=has_audio,
            exact=True,
            decode=decode,
        )
    except MediaError as error:
        raise RenderError(_FALSE.format(error.reason)) from error
    if job.max_bytes is not None and made.size_bytes > job.max_bytes:
        raise RenderError(
            f"The film has {made.size_bytes / 1e6:.1f} MB where {job.max_bytes / 1e6:g} MB are allowed; make it shorter, or "
            "choose a lower resolution or quality."
        )
    if FILMS[job.format].sound is None and timeline.music:
        notes = (*notes, f"A {job.format.upper()} has no sound: the music is left out.")
    if job.format == "gif" and made.size_bytes > limits.GIF_LARGE:
        notes = (
            *notes,
            f"This GIF has {made.size_bytes / 1e6:.0f} MB; webm or mp4 would be far smaller and look better.",
        )
    return RenderResult(
        duration_ms=duration_ms,
        frames=plan.frames,
        fps=canvas.fps,
        width=canvas.width,
        height=canvas.height,
        size_bytes=made.size_bytes,
        has_audio=has_audio,
        notes=notes,
    )


def _draw(plan: Plan, frames: range, compositor: Compositor, encoder: Encoder, report: Report) -> Proof:
    """Draws the frames of the film and hands them on; a picture that stays is drawn once. What they look like."""
    proof = Proof(frames)
    n = frames.start
    while n < frames.stop:
        frame = encoder.blank()
        compositor.draw(n, frame[1])
        until = min(frames.stop, compositor.until(n))
        cut = proof.saw(n, until, frame[1][0])
        encoder.push(frame, until - n, cut)
        report(_DRAWN * (until - frames.start) / len(frames), _message(plan, n))
        n = until
    return proof


def _hold(path: Path, plan: Plan, proof: Proof | None, hearing: Hearing | None = None) -> None:
    """
    Raises:
        RenderError: the file does not show what was drawn, or does not sound as it was mixed.
    """
    try:
        if proof is not None:
            proof.hold(path, plan.canvas.fps)
        if hearing is not None:
            hearing.hold(path)
    except MediaError as error:
        raise RenderError(_FALSE.format(error.reason)) from error


def _message(plan: Plan, n: int) -> str:
    return f"Rendering clip {plan.at(n).clip + 1} of {len(plan.placed)}"


def prepared(job: RenderJob) -> tuple[Timeline, Plan]:
    """The film to render, and its plan: on the job's canvas, every file there, every clip knowing its size.

    Raises:
        RenderError: the draft cannot be rendered, or a file is missing or broken.
    """
    try:
        timeline = draft.decode(job.draft)
    except draft.DraftError as error:
        raise RenderError(f"The draft cannot be rendered: {error}.") from error
    timeline = replace(
        timeline, canvas=limits.canvas_of(timeline.canvas, job.format, job.quality, job.width, job.height, job.fps)
    )
    limits.check_length(job.format, timeline.duration_ms)
    built_in = {m.media for m in timeline.music if m.media.startswith(BUILT_IN)}
    if unknown := sorted(media for media in built_in if mood_of(media) is None):
        raise RenderError(f"There is no music called {unknown[0]}; there is {', '.join(BUILT_IN + m for m in MOODS)}.")
    numbered = list(zip(numbers(timeline), timeline.clips, strict=True))
    for what, media in [
        *((label(c, n), c.media) for n, c in numbered if c.media or c.kind != "card"),
        *((f"{c.beside.name} in clip {n}", c.beside.media) for n, c in numbered if c.beside),
        *((f"the overlay {o.name or o.media}", o.media) for o in timeline.overlays),
        *((f"the music {m.name or m.media}", m.media) for m in timeline.music if m.media not in built_in),
    ]:
        if media not in job.files or not job.files[media].is_file():
            raise RenderError(f"The film cannot be rendered: the file of {what} is missing; upload it again.")
    clips = [_measured(number, clip, job.files) for number, clip in numbered]
    overlays = [_known(overlay, job.files) for overlay in timeline.overlays]
    timeline = replace(timeline, clips=tuple(clips), overlays=tuple(overlays))
    return timeline, make_plan(timeline)


def _known(overlay: Overlay, files: Mapping[str, Path]) -> Overlay:
    """The overlay with the size of its material, which a draft need not tell."""
    if overlay.width and overlay.height:
        return overlay
    width, height = _size(f"the overlay {overlay.name}", lambda: _picture_size(files[overlay.media]))
    return replace(overlay, width=width, height=height)


def _measured(number: int, clip: Clip, files: Mapping[str, Path]) -> Clip:
    """The clip with the size of its material: fit and motion depend on it, and a draft need not tell."""
    if (beside := clip.beside) is not None and not (beside.width and beside.height):
        width, height = _size(label(clip, number, beside.name), lambda: _picture_size(files[beside.media]))
        clip = replace(clip, beside=replace(beside, width=width, height=height))
    if (clip.width and clip.height) or clip.kind == "card":
        return clip
    size = _video_size if clip.kind == "video" else _picture_size
    width, height = _size(label(clip, number), lambda: size(files[clip.media]))
    return replace(clip, width=width, height=height)


def _size(what: str, measure: Callable[[], tuple[int, int]]) -> tuple[int, int]:
    try:
        return measure()
    except (MediaError, av.error.FFmpegError, OSError) as error:
        reason = error.reason if isinstance(error, MediaError) else f"cannot be read: {error}"
        raise RenderError(f"The film cannot be rendered: {what} {reason}.") from error


def _picture_size(path: Path) -> tuple[int, int]:
    with pictures.open_picture(path) as image:
        return pictures.upright_size(image)


def _video_size(path: Path) -> tuple[int, int]:
    with av.open(path, mode="r") as container:
        stream = picture_stream(container)
        frame = next(iter(container.decode(stream)), None) if stream else None
        if stream is None or frame is None:
            raise MediaError("has no picture")
        return upright_size(stream, frame)


def _publish(partial: Path, output: Path) -> None:
    # On the disk before it has its name: a power cut must not leave a name without a film.
    with partial.open("rb+") as file:
        os.fsync(file.fileno())
    partial.replace(output)


def _jpeg(frame: VideoFrame) -> bytes:
    out = io.BytesIO()
    # Converted here, where it is known that the frame is BT.709 limited range.
    rgb = frame.reformat(format="rgb24", src_colorspace="ITU709", src_color_range="MPEG", dst_color_range="JPEG")
    Image.fromarray(rgb.to_ndarray()).save(out, "JPEG", quality=85)
    return out.getvalue()


def _disk_reason(error: Exception, output: Path) -> str:
    number = getattr(error, "errno", None)
    folder = output.parent
    if number == errno.ENOSPC:
        return f"There is no space left on the disk of {folder}; free some, or choose another folder."
    if number in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"The folder {folder} cannot be written to; choose another one."
    if number == errno.ENOENT and not folder.is_dir():
        return f"The folder {folder} does not exist; create it or choose another one."
    return f"The film could not be written to {folder}: {getattr(error, 'strerror', None) or error}."
