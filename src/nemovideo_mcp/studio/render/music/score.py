"""What is played, bar after bar: the table of `styles`, laid out over a plan by a seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from nemovideo_mcp.studio.render.music.drums import SWELL
from nemovideo_mcp.studio.render.music.melody import Motif, Tone, motif, tune
from nemovideo_mcp.studio.render.music.styles import STYLES, Line
from nemovideo_mcp.studio.render.music.theory import Chord, chord, near, voiced
from nemovideo_mcp.studio.render.music.tones import HELD
from nemovideo_mcp.timeline.music_plan import MusicPlan, Part, Section

_PARTS: tuple[Part, ...] = ("intro", "a", "b", "break")
_FILLS = {"snare": "4.56", "soft_snare": "..45", "tom": "4567", "taiko": "5.67", "clap": "..5."}
"""The last beat of a section, by the drum that can fill it."""
_GROWS = 0.16
"""How much louder a section ends than it begins: about 1.4 dB."""
_BED_SECONDS = 3.7
_LATE_LINES = 0.75
"""Lines that are softer than this in the intro come in with its second half."""


@dataclass(frozen=True, slots=True)
class Note:
    """Times are seconds. ``pitch`` is a MIDI number, -1 for a drum; ``loud`` and ``hard`` go from 0 to 1: how loud it comes out,
    and how hard it is struck. ``dips`` are the times at which it makes room for a kick."""

    start: float
    seconds: float
    sound: str
    pitch: int
    loud: float
    hard: float
    pan: float
    wet: int
    dips: tuple[float, ...] = ()


class Score:
    """The notes of a plan. Iterate over it once: players remember where their hands were."""

    def __init__(self, plan: MusicPlan) -> None:
        self.plan, self.style = plan, STYLES[plan.mood]
        self._chance = self._random("notes")
        choose = self._random("choices")
        style = self.style
        self._tonic = choose.choice(style.keys)
        self._progressions = {
            part: [p.split("|") for p in choose.sample(options, len(options))]
            for part, options in (("a", style.a), ("b", style.b), ("break", style.pause))
        }
        # One sound all through; a figure of its own for b.
        self._sounds = [choose.choice(line.sound) for line in style.lines]
        self._figures = [tuple(choose.choice(line.figures).replace(" ", "") for _ in range(2)) for line in style.lines]
        rhythms = choose.sample(style.rhythms, len(style.rhythms))
        self._motifs = {"a": motif(rhythms[0], choose), "b": motif(rhythms[1 % len(rhythms)], choose)}
        self._steps = plan.meter * 4
        self._step = plan.beat / 4
        self._hands: dict[int, tuple[int, ...]] = {}
        self._tunes: dict[tuple[int, int], list[Tone]] = {}

    def __iter__(self) -> Iterator[list[Note]]:
        for bar in range(self.plan.bars):
            yield sorted(self._bar(bar), key=lambda note: note.start)
        yield sorted(self._ending(), key=lambda note: note.start)

    @property
    def tonic(self) -> int:
        """The pitch class of the key."""
        return self._tonic

    def chords(self, bar: int) -> list[tuple[int, Chord]]:
        """The chords of a bar, each with the sixteenth on which it begins."""
        if bar >= self.plan.bars:
            symbols = [self.style.last]
        elif bar == self.plan.bars - 1 and self.plan.bars > 1:
            symbols = self.style.close.split()
        else:
            section = self.plan.section(bar)
            options = self._progressions["a" if section.part == "intro" else section.part]
            # The first two turns are the same, so that it is known again; then others come.
            bars = options[section.turn // 2 % len(options)]
            ahead = -section.bars % len(bars) if section.part == "intro" else 0
            symbols = bars[(bar - section.first + ahead) % len(bars)].split()
        share = self._steps // len(symbols)
        return [(i * share, chord(symbol)) for i, symbol in enumerate(symbols)]

    def chord_at(self, bar: int, step: int) -> Chord:
        """The chord at a sixteenth, which may lie in a later bar."""
        bar, step = bar + step // self._steps, step % self._steps
        return [c for at, c in self.chords(bar) if at <= step][-1]

    def _random(self, *what: object) -> random.Random:
        return random.Random("/".join(map(str, (self.plan.mood, self.plan.seed, *what))))

    def _time(self, bar: int, step: float) -> float:
        """Seconds of a sixteenth, the second of two swung."""
        whole = int(step)
        late = 2 * (self.style.swing - 0.5) if whole % 2 else 0.0
        return (bar * self._steps + step + late) * self._step

    def _bar(self, bar: int) -> Iterator[Note]:
        section = self.plan.section(bar)
        kicks = tuple(self._kicks(bar, section)) if self.style.pump else ()
        growing = 1 + _GROWS * ((bar - section.first + 0.5) / section.bars - 0.5)
        for number, line in enumerate(self.style.lines):
            level = self._level(line, section, bar)
            if line.kind == "mark":
                yield from self._marks(number, line, bar)
                continue
            if line.kind == "bed":
                yield from self._bed(number, line, level, bar)
                continue
            if level <= 0:
                self._hands.pop(number, None)
                continue
            play = {
                "drum": self._drum, "chord": self._chord, "arp": self._arp, "bass": self._bass, "pad": self._pad,
                "lead": self._lead, "counter": self._counter,
            }[line.kind]  # fmt: skip
            for note in play(number, line, bar, section):
                soft = growing * (1 + self._chance.uniform(-0.09, 0.09))
                dips = kicks if line.kind in ("pad", "chord", "arp", "counter") else ()
                yield self._placed(note, line, level * soft, dips)

    def _placed(self, note: Note, line: Line, level: float, dips: tuple[float, ...] = ()) -> Note:
        """The note as the line's player plays it: at their loudness, and a little early or late."""
        late = max(-2 * line.loose, min(2 * line.loose, self._chance.gauss(0, line.loose)))
        return Note(
            max(0.0, note.start + late), note.seconds, note.sound, note.pitch, note.loud * level * line.gain,
            min(1.0, note.hard * (0.5 + 0.5 * level)), line.pan + note.pan, line.wet, dips,
        )  # fmt: skip

    def _level(self, line: Line, section: Section, bar: int) -> float:
        level = line.levels[_PARTS.index(section.part)]
        if (
            section.part == "intro"
            and section.bars > 1
            and level < _LATE_LINES
            and bar - section.first < section.bars // 2
        ):
            return 0.0
        # A short film has no b: its only section may have all the players after a while.
        whole = len(self.plan.sections) <= 2 and section.part == "a" and bar >= self.plan.bars - self.plan.bars // 2
        return max(level, line.levels[2]) if whole and self.plan.bars >= 2 else level

    def _figure(self, number: int, section: Section) -> str:
        # From their third turn on the sections take each other's figures.
        figure = self._figures[number][(section.part in ("b", "break")) != (section.turn % 4 >= 2)]
        return (figure or "-") * self._steps if len(figure) < 2 else figure

    def _kicks(self, bar: int, section: Section) -> Iterator[float]:
        for number, line in enumerate(self.style.lines):
            if line.kind == "drum" and "kick" in self._sounds[number] and self._level(line, section, bar) > 0:
                for step, mark in enumerate(self._figure(number, section)):
                    if mark in "6789":
                        yield self._time(bar, step)

    def _drum(self, number: int, line: Line, bar: int, section: Section) -> Iterator[Note]:
        figure = self._figure(number, section)
        sound = self._sounds[number]
        last = (bar == section.first + section.bars - 1 and section.bars >= 4) or bar == self.plan.bars - 1
        if last and sound in _FILLS and section.part in ("a", "b"):
            figure = figure[: self._steps - 4] + _FILLS[sound]
        for step, mark in enumerate(figure):
            if mark.isdecimal():
                hard = int(mark) / 9
                yield Note(self._time(bar, step), 0, sound, -1, hard**1.3, hard, 0, 0)

    def _chord(self, number: int, line: Line, bar: int, section: Section) -> Iterator[Note]:
        figure = self._figure(number, section)
        hits = [step for step, mark in enumerate(figure) if mark.isdecimal()]
        for step, after in zip(hits, [*hits[1:], self._steps], strict=True):
            hard = int(figure[step]) / 9
            yield from self._strummed(number, line, bar, step, after - step, hard)

    def _strummed(self, number: int, line: Line, bar: int, step: int, length: int, hard: float) -> Iterator[Note]:
        pitches = self._hand(number, line, self.chord_at(bar, step))
        # Down on the beat, up off it; a hand that goes up meets fewer strings.
        up = line.strum > 0.008 and step % 4 == 2
        order = pitches[::-1][: max(2, len(pitches) - 1)] if up else pitches
        for i, pitch in enumerate(order):
            late = i * line.strum * (0.8 if up else 1)
            yield Note(
                self._time(bar, step) + late, length * self._step * 0.98 - late, self._sounds[number], pitch,
                hard * (0.86 if up else 1) * (1 - 0.06 * i) / len(pitches) ** 0.5, hard, (i / len(order) - 0.4) * 0.16, 0,
            )  # fmt: skip

    def _arp(self, number: int, line: Line, bar: int, section: Section) -> Iterator[Note]:
        sound = self._sounds[number]
        figure = self._figure(number, section)
        for step, mark in enumerate(figure):
            if not mark.isdecimal():
                continue
            hand = self._hand(number, line, self.chord_at(bar, step))
            tone = int(mark)
            pitch = hand[tone % len(hand)] + 12 * (tone // len(hand))
            hard = 0.62 + (0.16 if step % 4 == 0 else 0) + (0.1 if step == 0 else 0)
            if sound in HELD:
                length = self._step * 1.1
            else:
                # It rings on until its chord is over.
                ends = [at for at, _ in self.chords(bar) if at > step]
                length = ((ends[0] if ends else self._steps) - step) * self._step
            yield Note(self._time(bar, step), length, sound, pitch, hard, hard, (tone - 1.5) * 0.05, 0)

    def _bass(self, number: int, line: Line, bar: int, section: Section) -> Iterator[Note]:
        figure = self._figure(number, section)
        starts = {step for step, mark in enumerate(figure) if mark.isalpha()}
        # Where the chord changes, so does the bass.
        starts |= {at for at, _ in self.chords(bar)}
        for step in sorted(starts):
            length = 1
            while step + length < self._steps and step + length not in starts and figure[step + length] == "-":
                length += 1
            if length == 1 and not figure[step].isalpha():
                length = 4
            pitch = self._bass_pitch(figure[step], line, bar, step)
            hard = 0.86 if step % 4 == 0 else 0.7
            yield Note(
                self._time(bar, step),
                max(1.6, length) * self._step * 0.95,
                self._sounds[number],
                pitch,
                hard,
                hard,
                0,
                0,
            )

    def _bass_pitch(self, mark: str, line: Line, bar: int, step: int) -> int:
        now = self.chord_at(bar, step)
        root = near(line.middle, frozenset({now.bass}), self._tonic)
        match mark:
            case "f":
                return near(root + 5, frozenset({(now.root + 7) % 12}), self._tonic)
            case "l":
                return near(root - 5, frozenset({(now.root + 7) % 12}), self._tonic)
            case "t":
                return near(root + 4, frozenset({(now.root + now.tones[1]) % 12}), self._tonic)
            case "o":
                return root + 12
            case "a":
                goal = near(line.middle, frozenset({self.chord_at(bar + 1, 0).bass}), self._tonic)
                return next(p for p in (goal - 2, goal + 2, goal - 1) if (p - self._tonic) % 12 in self.style.scale)
            case _:
                return root

    def _pad(self, number: int, line: Line, bar: int, section: Section) -> Iterator[Note]:
        chords = self.chords(bar)
        for (step, now), after in zip(chords, [at for at, _ in chords[1:]] + [self._steps], strict=True):
            hand = self._hand(number, line, now)
            for i, pitch in enumerate(hand):
                yield Note(
                    self._time(bar, step), (after - step) * self._step, self._sounds[number], pitch,
                    1 / len(hand) ** 0.5, 0.5, (i / max(1, len(hand) - 1) - 0.5) * 0.5, 0,
                )  # fmt: skip

    def _counter(self, number: int, line: Line, bar: int, section: Section) -> Iterator[Note]:
        """The third or the seventh of each chord, whichever is nearer: the tones that tell chords apart."""
        for step, now in self.chords(bar):
            before = self._hands.get(number, (round(line.middle),))[0]
            guides = frozenset((now.root + tone) % 12 for tone in now.tones[1:] if tone != 7) or now.classes
            pitch = near((2 * before + line.middle) / 3, guides, self._tonic)
            self._hands[number] = (pitch,)
            count = self._steps // len(self.chords(bar))
            yield Note(self._time(bar, step), count * self._step, self._sounds[number], pitch, 0.8, 0.6, 0, 0)

    def _lead(self, number: int, line: Line, bar: int, section: Section) -> Iterator[Note]:
        tones = self._tunes.get((number, section.first))
        if tones is None:
            idea: Motif = self._motifs["b" if section.part == "b" else "a"]
            tones = tune(
                idea,
                bars=section.bars,
                bar_steps=self._steps,
                chord_at=lambda step: self.chord_at(section.first, step),
                tonic=self._tonic,
                scale=self.style.tune,
                middle=line.middle + (2 if section.part == "b" else 0),
                busy=line.busy * (0.75 if section.part == "break" else 1),
                chance=self._random("tune", section.part, section.turn // 2),
            )
            self._tunes = {(number, section.first): tones}
        begin = (bar - section.first) * self._steps
        for i, tone in enumerate(tones):
            if not begin <= tone.step < begin + self._steps:
                continue
            room = tones[i + 1].step - tone.step if i + 1 < len(tones) else 2 * self._steps
            length = min(room, tone.length if self._sounds[number] in HELD else tone.length + 2)
            strong = tone.step % self._steps == 0
            hard = (0.82 if strong else 0.7) + 0.04 * (tone.length > 3) + self._chance.uniform(-0.05, 0.05)
            yield Note(
                self._time(bar, tone.step - begin),
                length * self._step,
                self._sounds[number],
                tone.pitch,
                hard,
                hard,
                0,
                0,
            )

    def _marks(self, number: int, line: Line, bar: int) -> Iterator[Note]:
        """A crash on the first beat of a section, a swell that ends there; also for the last chord."""
        sound = self._sounds[number]
        here, after = self._time(bar, 0), self._time(bar + 1, 0)
        for first, part in [
            *((s.first, s.part) for s in self.plan.sections),
            (self.plan.bars, self.plan.sections[-1].part),
        ]:
            level = line.levels[_PARTS.index(part)]
            start = self._time(first, 0) - (SWELL if sound == "swell" else 0)
            if level > 0 and first and here <= start < after:
                yield self._placed(Note(start, 0, sound, -1, 1, 0.8, 0, 0), line, level)

    def _bed(self, number: int, line: Line, level: float, bar: int) -> Iterator[Note]:
        here, after = self._time(bar, 0), self._time(bar + 1, 0)
        if bar == self.plan.bars:
            after = self.plan.seconds
        at = -(-here // _BED_SECONDS) * _BED_SECONDS
        while at < after:
            yield self._placed(Note(at, 0, self._sounds[number], -1, 1, 0.5, 0, 0), line, level)
            at += _BED_SECONDS

    def _ending(self) -> Iterator[Note]:
        """The last chord: each player's last tone, left to ring."""
        plan, bar = self.plan, self.plan.bars
        ring = plan.seconds - plan.end
        section = plan.sections[-1] if plan.sections else Section("b", 0, 1, 0)
        home = self.chord_at(bar, 0)
        for number, line in enumerate(self.style.lines):
            level = line.levels[_PARTS.index(section.part)]
            sound = self._sounds[number]
            if line.kind == "bed":
                yield from self._bed(number, line, max(level, 0.5), bar)
            if level <= 0:
                continue
            notes: list[Note] = []
            match line.kind:
                case "chord":
                    slow = Line(
                        "chord", line.sound, strum=max(0.02, 2.5 * line.strum), middle=line.middle, voices=line.voices
                    )
                    notes = list(self._strummed(number, slow, bar, 0, round(ring / self._step), 0.8))
                case "arp":
                    hand = self._hand(number, line, home)
                    rolled = hand if sound in HELD else [*hand, hand[0] + 12]
                    notes = [
                        Note(
                            self._time(bar, 0) + i * min(self._step, ring / 12),
                            ring,
                            sound,
                            pitch,
                            0.66 - 0.05 * i,
                            0.55,
                            0,
                            0,
                        )
                        for i, pitch in enumerate(rolled)
                    ]
                case "pad":
                    hand = self._hand(number, line, home)
                    notes = [
                        Note(
                            plan.end,
                            0.75 * ring,
                            sound,
                            pitch,
                            1 / len(hand) ** 0.5,
                            0.5,
                            (i / len(hand) - 0.4) * 0.5,
                            0,
                        )
                        for i, pitch in enumerate(hand)
                    ]
                case "bass":
                    pitch = near(line.middle, frozenset({home.root}), self._tonic)
                    notes = [Note(plan.end, 0.75 * ring, sound, pitch, 0.85, 0.7, 0, 0)]
                case "lead" | "counter":
                    third = (home.root + home.tones[1]) % 12
                    pitch = near(line.middle - 1, frozenset({home.root, third}), self._tonic)
                    notes = [Note(plan.end, 0.75 * ring, sound, pitch, 0.75, 0.65, 0, 0)]
                case "drum":
                    low = sound in ("kick", "soft_kick", "stomp", "taiko")
                    notes = [Note(plan.end, 0, sound, -1, 0.8, 0.8, 0, 0)] if low else []
            for note in notes:
                yield self._placed(note, line, level)

    def _hand(self, number: int, line: Line, now: Chord) -> tuple[int, ...]:
        """The pitches that a player takes for a chord, near to those before."""
        hand = voiced(now, self._tonic, self._hands.get(number), line.middle, line.voices)
        self._hands[number] = hand
        return hand
