"""What a film sounds like: measured from the samples of the MP4."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from nemovideo_mcp.studio.render import process
from nemovideo_mcp.studio.render.job import RenderError
from nemovideo_mcp.timeline.model import Music, Timeline, Transition

if TYPE_CHECKING:
    from support.render import Film, Kit

pytest_plugins = ["support.render"]
pytestmark = pytest.mark.anyio

RATE = 48_000


def level(film: Film, start: float, end: float) -> float:
    """The amplitude of a sine between two times in seconds: the root mean square times √2, of the louder channel."""
    assert film.sound is not None
    part = film.sound[:, int(start * RATE) : int(end * RATE)]
    return float(np.sqrt((part**2).mean(axis=1)).max() * 2**0.5)


def silent(kit: Kit, ms: int, **more: Any) -> Timeline:
    return kit.film(kit.clip(kit.picture("a.png", (90, 90, 90), (64, 36)), ms), size=(64, 36), **more)


async def test_a_film_without_sounds_has_no_sound_stream(kit: Kit) -> None:
    film = await kit.render(silent(kit, 500))
    assert film.sound is None
    assert not film.result.has_audio


async def test_music_has_its_volume_and_its_fades_and_is_as_long_as_the_film(kit: Kit) -> None:
    song = kit.song(seconds=12, level=0.6)
    music = Music(id="m", media=song, name=song, volume=0.5, fade_in_ms=1000, fade_out_ms=2000)
    film = await kit.render(silent(kit, 8000, music=(music,)))
    assert film.sound is not None
    assert abs(film.sound.shape[1] / RATE - 8) < 0.03
    assert level(film, 3, 4) == pytest.approx(0.3, rel=0.05)
    assert level(film, 0.45, 0.55) == pytest.approx(0.15, rel=0.1)
    assert level(film, 0, 0.05) < 0.02
    assert level(film, 6.95, 7.05) == pytest.approx(0.15, rel=0.1)
    assert level(film, 7.95, 8) < 0.02


async def test_music_repeats_to_fill_its_place_and_is_heard_nowhere_else(kit: Kit) -> None:
    song = kit.song(seconds=0.7, level=0.5)
    music = Music(id="m", media=song, name=song, start_ms=1000, duration_ms=3000, volume=1, fade_in_ms=0, fade_out_ms=0)
    film = await kit.render(silent(kit, 5000, music=(music,)))
    assert level(film, 0.1, 0.9) < 0.01
    assert [level(film, s, s + 0.2) for s in (1.1, 1.9, 2.6, 3.7)] == [pytest.approx(0.5, rel=0.05)] * 4
    assert level(film, 4.1, 4.9) < 0.01


async def test_loud_sounds_together_do_not_clip_and_do_not_distort(kit: Kit) -> None:
    songs = [kit.song("a.wav", level=0.9), kit.song("b.wav", level=0.9)]
    music = tuple(Music(id=s, media=s, name=s, volume=1, fade_in_ms=0, fade_out_ms=0) for s in songs)
    film = await kit.render(silent(kit, 3000, music=music))
    assert film.sound is not None
    assert np.abs(film.sound).max() < 1
    assert level(film, 1, 2) > 0.8
    spectrum = np.abs(np.fft.rfft(film.sound[0, RATE : 2 * RATE] * np.hanning(RATE)))
    harmonics = max(spectrum[880 - 5 : 880 + 5].max(), spectrum[1320 - 5 : 1320 + 5].max())
    assert harmonics < spectrum[440] / 300, "the limiter turns down, it does not bend"


async def test_the_own_sound_of_a_video_is_mixed_in_at_its_place_and_volume(kit: Kit) -> None:
    video = kit.video("v.mp4", [(90, 90, 90)] * 20, size=(64, 36), tone=0.5)
    picture = kit.picture("a.png", (90, 90, 90), (64, 36))
    clips = (kit.clip(picture, 1000), kit.clip(video, 1000, in_ms=500, volume=0.6), kit.clip(picture, 1000, id="c"))
    film = await kit.render(kit.film(*clips, size=(64, 36)))
    assert level(film, 0.1, 0.9) < 0.01
    assert level(film, 1.2, 1.8) == pytest.approx(0.3, rel=0.07)
    assert level(film, 2.1, 2.9) < 0.01
    clips = (clips[0], clips[1], replace(clips[2], transition_in=Transition(duration_ms=800)))
    faded = await kit.render(kit.film(*clips, size=(64, 36)))
    assert level(faded, 1.75, 1.85) < 0.2, "under a transition the sound goes with the picture"


async def test_a_muted_video_makes_no_sound(kit: Kit) -> None:
    video = kit.video("v.mp4", [(90, 90, 90)] * 5, size=(64, 36), tone=0.5)
    film = await kit.render(kit.film(kit.clip(video, 500, volume=0.0), size=(64, 36)))
    assert film.sound is None


async def test_music_that_is_no_sound_is_refused_by_name(kit: Kit) -> None:
    picture = kit.picture("b.png", (1, 2, 3), (64, 36))
    film = silent(kit, 500, music=(Music(id="m", media=picture, name="my song.mp3"),))
    with pytest.raises(RenderError, match=r"my song\.mp3 has no sound"):
        await process.render(kit.job(film))
