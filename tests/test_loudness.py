"""How loud a file is, against the test signals of EBU Tech 3341 and against sounds of a known peak."""

from __future__ import annotations

import wave
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest

from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.loudness import RATE, SILENCE, Meter, measure

Sound = npt.NDArray[np.float64]


def sine(db: float, seconds: float, hertz: float = 1000, phase: float = 0.0, rate: int = RATE) -> Sound:
    return 10 ** (db / 20) * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate + phase)


def written(path: Path, *channels: Sound, rate: int = RATE) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(channels))
        file.setsampwidth(4)
        file.setframerate(rate)
        file.writeframes((np.stack(channels, axis=1) * (2**31 - 1)).astype("<i4").tobytes())
    return path


@pytest.mark.parametrize(
    ("parts", "lufs"),
    [
        ([(-23, 20)], -23.0),
        ([(-33, 20)], -33.0),
        ([(-36, 10), (-23, 60), (-36, 10)], -23.0),
        ([(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)], -23.0),
        ([(-26, 20), (-20, 20.1), (-26, 20)], -23.0),
    ],
)
def test_the_signals_of_tech_3341_have_their_loudness(parts: list[tuple[float, float]], lufs: float) -> None:
    signal = np.concatenate([sine(db, seconds) for db, seconds in parts])
    meter = Meter()
    # In blocks of an odd length, as a decoder might give them.
    for at in range(0, signal.size, 1153):
        meter.add(np.repeat(signal[None, at : at + 1153], 2, axis=0).astype(np.float32))
    assert meter.loudness() == pytest.approx(lufs, abs=0.1)
    assert meter.seconds == pytest.approx(signal.size / RATE)


def test_the_weighting_lifts_highs_and_drops_rumble(tmp_path: Path) -> None:
    at = {
        hertz: measure(written(tmp_path / "a.wav", *[sine(-23, 4, hertz)] * 2)).lufs
        for hertz in (25, 100, 1000, 10_000)
    }
    # The curve of BS.1770-4: -1.1 dB at 100 Hz, +4 dB from 3 kHz on; its +0.69 dB at 1 kHz is taken off again.
    assert at[25] < -32
    assert at[100] == pytest.approx(-23 - 0.69 - 1.1, abs=0.3)
    assert at[10_000] == pytest.approx(-23 - 0.69 + 4, abs=0.2)


def test_a_peak_between_two_samples_is_found(tmp_path: Path) -> None:
    # A quarter of the sample rate, met at 45 degrees: the samples stand 3 dB below the wave.
    wave_ = sine(-6, 2, RATE / 4, np.pi / 4)
    assert 20 * np.log10(np.abs(wave_).max()) == pytest.approx(-9, abs=0.02)
    found = measure(written(tmp_path / "a.wav", wave_, 0.5 * wave_))
    assert found.true_peak_db == pytest.approx(-6, abs=0.35)
    assert found.seconds == 2


def test_other_rates_and_mono_are_measured_as_they_are_heard(tmp_path: Path) -> None:
    found = measure(written(tmp_path / "a.wav", *[sine(-23, 5, rate=44_100)] * 2, rate=44_100))
    assert found.lufs == pytest.approx(-23, abs=0.1)
    assert found.seconds == pytest.approx(5, abs=0.01)
    # One channel has half the power of two.
    assert measure(written(tmp_path / "b.wav", sine(-23, 5))).lufs == pytest.approx(-26, abs=0.1)


def test_a_short_sound_and_silence_have_a_loudness_too(tmp_path: Path) -> None:
    assert measure(written(tmp_path / "a.wav", *[sine(-20, 0.2)] * 2)).lufs == pytest.approx(-20, abs=0.5)
    quiet = measure(written(tmp_path / "b.wav", *[np.zeros(RATE)] * 2))
    assert (quiet.lufs, quiet.true_peak_db, quiet.seconds) == (SILENCE, -120, 1)


def test_a_file_without_sound_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 36, "yuv420p"
        frame = av.VideoFrame(64, 36, "yuv420p")
        frame.pts, frame.time_base = 0, Fraction(1, 10)
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    with pytest.raises(MediaError, match="has no sound"):
        measure(path)
