"""The studio's own music in numbers, mood by mood: what it costs and what it sounds like.

    python benchmarks/sound.py [--seconds 60] [--seeds 1 2]

Cost is the processor time of composing and playing, and of mixing and limiting, as a part of the music's length (one core). Loudness
is that of the music as it is composed (in a film it is brought to -14 LUFS); the range is taken as in EBU Tech 3342; the centre is that
of the spectrum; the key's share is the part of the tones that belong to its scale; the beat is the one that `media.beats` finds.
"""

import argparse
import time

import numpy as np

from nemovideo_mcp.media import beats
from nemovideo_mcp.media.loudness import Meter, true_peak
from nemovideo_mcp.studio.render.music import music
from nemovideo_mcp.studio.render.music.score import Score
from nemovideo_mcp.studio.render.sound.mix import Voice, mixed
from nemovideo_mcp.studio.render.sound.samples import RATE, Samples
from nemovideo_mcp.timeline.model import MOODS, Mood
from nemovideo_mcp.timeline.music_plan import make_music_plan

SIZE = 1 << 15


def for_the_beat(sound: Samples) -> Samples:
    """One row at a fourth of the rate."""
    at = np.arange(-64, 65)
    low = np.sinc(at / 4.8) * np.hamming(129) / 4.8
    return np.asarray(np.convolve(sound.mean(axis=0), low, "same")[None, ::4], np.float32)


def row(mood: Mood, seed: int, seconds: float) -> str:
    count = round(seconds * RATE)
    start = time.process_time()
    blocks = list(music(mood, seed, count))
    played = time.process_time()
    for _ in mixed([Voice(iter(blocks), first=0, last=count, gain=1.6, fades=(1, 1))], count):
        pass
    done = time.process_time()
    sound = np.concatenate(blocks, axis=1)
    meter = Meter()
    meter.add(sound)
    short = np.convolve(meter.powers(), np.full(30, 1 / 30), "valid")
    levels = 10 * np.log10(short[short > short.mean() / 100])
    windows = [sound[:, at : at + SIZE] * np.hanning(SIZE) for at in range(0, count - SIZE, SIZE // 2)]
    power = np.mean([(np.abs(np.fft.rfft(window, axis=1)) ** 2).sum(axis=0) for window in windows], axis=0)
    hertz, size = np.fft.rfftfreq(SIZE, 1 / RATE), np.sqrt(power)
    plan = make_music_plan(mood, seed, seconds)
    score = Score(plan)
    tones = (hertz > 100) & (hertz < 2000)
    classes = np.round(69 + 12 * np.log2(hertz[tones] / 440)).astype(int) % 12
    scale = [(score.tonic + tone) % 12 for tone in score.style.scale]
    key = size[tones][np.isin(classes, scale)].sum() / size[tones].sum()
    found = beats.track([for_the_beat(sound)])
    return (
        f"{mood:10} {seed:4} {100 * (played - start) / seconds:6.2f} % {100 * (done - played) / seconds:6.2f} % "
        f"{meter.loudness():6.1f} LUFS {np.percentile(levels, 95) - np.percentile(levels, 10):4.1f} LU "
        f"{20 * np.log10(true_peak(sound)):5.1f} dBTP {(size * hertz).sum() / size.sum():6.0f} Hz "
        f"{100 * key:4.0f} % {plan.bpm:6.1f} {found.bpm:6.1f} bpm ({found.confidence:.2f})"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    asked = parser.parse_args()
    print("mood       seed  playing   mixing    loudness  range    peak     centre  key   tempo  found")
    for mood in MOODS:
        for seed in asked.seeds:
            print(row(mood, seed, asked.seconds), flush=True)


if __name__ == "__main__":
    main()
