"""The same films as other tools make them, in the ways that their users are told to: FFmpeg's command line, and MoviePy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from noto_cjk import font_path

from benchkit.jobs import Film
from nemovideo_mcp.studio.render.plan import Placed, Plan, make_plan
from nemovideo_mcp.timeline.layout import fit_of

FONT = str(font_path("sans", "jp", "bold"))
ZOOM = 0.14
"""How much closer a photo comes, as in our own films."""
_SCALED_FIRST = 8000
"""Width in pixels of the well-known recipe against zoompan's shaking: it moves by whole pixels, so they are made small."""


def ffmpeg_command(ffmpeg: Path, film: Film, output: Path, *, scale_first: bool = False) -> list[str]:
    """One command line: zoompan on every photo, xfade between them, drawtext, AAC; x264 veryfast at crf 21."""
    plan = make_plan(film.timeline)
    fps = plan.canvas.fps
    inputs: list[str] = []
    chains: list[str] = []
    for i, placed in enumerate(plan.placed):
        inputs += ["-i", str(film.files[placed.clip.media])]
        chains.append(f"[{i}:v]{_picture(placed, plan, scale_first)},setsar=1,format=yuv420p,settb=1/{fps}[v{i}]")
    last = "v0"
    for i, placed in enumerate(plan.placed[1:], 1):
        # xfade's second picture begins where the transition does.
        before = plan.placed[i - 1]
        length = (before.last - placed.first) / fps
        chains.append(
            f"[{last}][v{i}]xfade=transition=fade:duration={length:.4f}:offset={placed.first / fps:.4f}[x{i}]"
        )
        last = f"x{i}"
    for text in film.timeline.texts:
        size = round(min(plan.canvas.width, plan.canvas.height) * 0.08)
        chains.append(
            f"[{last}]drawtext=fontfile='{_escaped(str(font_path('sans', 'jp', 'bold')))}':text='{text.text}':fontsize={size}:fontcolor=white:"
            f"shadowx=2:shadowy=2:x=(w-tw)/2:y=h*0.85:enable='lt(t,{text.duration_ms / 1000})'[titled]"
        )
        last = "titled"
    sound: list[str] = []
    for music in film.timeline.music:
        inputs += ["-stream_loop", "-1", "-i", str(film.files[music.media])]
        sound = ["-map", f"{len(plan.placed)}:a", "-c:a", "aac", "-b:a", "192k"]
    return [
        str(ffmpeg), "-hide_banner", "-loglevel", "error", "-y", *inputs, "-filter_complex", ";".join(chains), "-map", f"[{last}]",
        *sound, "-t", f"{plan.frames / fps:.4f}", "-r", str(fps), "-c:v", "libx264", "-preset", "veryfast", "-crf", "21",
        "-movflags", "+faststart", str(output),
    ]  # fmt: skip


def _picture(placed: Placed, plan: Plan, scale_first: bool) -> str:
    width, height = plan.canvas.width, plan.canvas.height
    frames = placed.last - placed.first
    cover = f"scale={width}:{height}:force_original_aspect_ratio=increase,crop={width}:{height}"
    if placed.clip.kind == "video":
        return f"{cover},fps={plan.canvas.fps},tpad=stop_mode=clone:stop_duration=2,trim=end_frame={frames},setpts=PTS-STARTPTS"
    still = f"loop={frames}:1:0,fps={plan.canvas.fps},trim=end_frame={frames},setpts=N/{plan.canvas.fps}/TB"
    if fit_of(placed.clip, plan.canvas) == "blur":
        whole = f"scale={width}:{height}:force_original_aspect_ratio=decrease"
        ground = f"{cover},gblur=sigma={width // 40},eq=brightness=-0.08"
        laid = f"split[a{placed.index}][b{placed.index}];[a{placed.index}]{ground}[g{placed.index}];"
        laid += f"[b{placed.index}]{whole}[f{placed.index}];[g{placed.index}][f{placed.index}]overlay=(W-w)/2:(H-h)/2"
    else:
        laid = cover
    if placed.motion == "none":
        return f"{laid},{still}"
    if scale_first:
        laid += f",scale={_SCALED_FIRST}:-2"
    elif fit_of(placed.clip, plan.canvas) != "blur":
        # As it is usually written: zoompan gets the photo at twice the size of the film.
        laid = f"scale={2 * width}:{2 * height}:force_original_aspect_ratio=increase,crop={2 * width}:{2 * height}"
    zoom = f"zoompan=z='1+{ZOOM}*on/{frames}':x='iw/2-(iw/zoom/2)':y='ih/2-(ih/zoom/2)'"
    return f"{laid},{zoom}:d={frames}:s={width}x{height}:fps={plan.canvas.fps}"


def _escaped(path: object) -> str:
    return str(path).replace("\\", "/").replace(":", "\\:")


def moviepy_command(python: Path, film: Film, output: Path) -> list[str]:
    """A script as MoviePy's documentation has it: every photo a clip that grows, crossfades, a title, AAC; the same x264."""
    plan = make_plan(film.timeline)
    told = {
        "size": [plan.canvas.width, plan.canvas.height],
        "fps": plan.canvas.fps,
        "seconds": plan.frames / plan.canvas.fps,
        "zoom": ZOOM,
        "clips": list(_clips(film, plan)),
        "title": [{"text": text.text, "seconds": text.duration_ms / 1000} for text in film.timeline.texts],
        "font": FONT,
        "song": next((str(film.files[music.media]) for music in film.timeline.music), None),
        "output": str(output),
    }
    return [str(python), str(Path(__file__).with_name("moviepy_film.py")), json.dumps(told)]


def _clips(film: Film, plan: Plan) -> Iterator[dict[str, object]]:
    fps = plan.canvas.fps
    for placed in plan.placed:
        fade = 0.0 if placed.index == 0 else (plan.placed[placed.index - 1].last - placed.first) / fps
        yield {
            "path": str(film.files[placed.clip.media]),
            "kind": placed.clip.kind,
            "start": placed.first / fps,
            "seconds": (placed.last - placed.first) / fps,
            "fade": fade,
            "moves": placed.motion != "none",
            "blur": fit_of(placed.clip, plan.canvas) == "blur",
        }
