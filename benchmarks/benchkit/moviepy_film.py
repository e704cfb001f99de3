"""A film by MoviePy, told as JSON on the command line. Runs in MoviePy's own environment; see `rivals.moviepy_command`."""

from __future__ import annotations

import json
import sys
from typing import Any

import numpy as np
from moviepy import AudioFileClip, CompositeVideoClip, ImageClip, TextClip, VideoFileClip, afx, vfx
from PIL import Image, ImageFilter, ImageOps


def photo(told: dict[str, Any], size: tuple[int, int], zoom: float) -> Any:
    with Image.open(told["path"]) as opened:
        image = ImageOps.exif_transpose(opened).convert("RGB")
    if told["blur"]:
        ground = ImageOps.fit(image, size).filter(ImageFilter.GaussianBlur(size[0] // 40))
        inner = ImageOps.contain(image, size)
        ground.paste(inner, ((size[0] - inner.width) // 2, (size[1] - inner.height) // 2))
        image = ground
    else:
        image = ImageOps.fit(image, size)
    clip = ImageClip(np.asarray(image), duration=told["seconds"])
    if told["moves"]:
        clip = clip.with_effects([vfx.Resize(lambda t: 1 + zoom * t / told["seconds"])])
    return clip.with_position("center")


def clip(told: dict[str, Any], size: tuple[int, int], zoom: float) -> Any:
    if told["kind"] == "video":
        made = VideoFileClip(told["path"]).resized(size)
        made = made.with_duration(min(told["seconds"], made.duration))
    else:
        made = photo(told, size, zoom)
    made = made.with_start(told["start"])
    return made.with_effects([vfx.CrossFadeIn(told["fade"])]) if told["fade"] else made


def main() -> None:
    told = json.loads(sys.argv[1])
    size = tuple(told["size"])
    layers = [clip(one, size, told["zoom"]) for one in told["clips"]]
    for title in told["title"]:
        words = TextClip(font=told["font"], text=title["text"], font_size=round(min(size) * 0.08), color="white")
        layers.append(words.with_duration(title["seconds"]).with_position(("center", round(size[1] * 0.85))))
    film = CompositeVideoClip(layers, size=size).with_duration(told["seconds"])
    if told["song"]:
        song = AudioFileClip(told["song"]).with_effects([afx.AudioLoop(duration=told["seconds"]), afx.AudioFadeOut(2)])
        film = film.with_audio(song)
    film.write_videofile(
        told["output"], fps=told["fps"], codec="libx264", preset="veryfast", audio_codec="aac", audio_bitrate="192k",
        ffmpeg_params=["-crf", "21", "-pix_fmt", "yuv420p", "-movflags", "+faststart"], logger=None,
    )  # fmt: skip


if __name__ == "__main__":
    main()
