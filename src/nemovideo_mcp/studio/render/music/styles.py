"""What each mood is made of: harmony, instruments and figures. A table; how it is played is in `score`.

Figures are one bar in sixteenths (twelve of them in a bar of three). ``.`` is a rest and ``-`` holds. In a figure of drums
and chords a digit is how hard it is struck; in an arpeggio it is the number of the chord's tone, from 0 at the bottom; in a
bass r is the root, f the fifth, t the third, o the octave, l the fifth below, and a leads to the next root. Spaces are not
read. Of several figures the seed takes one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from nemovideo_mcp.studio.render.music.theory import MAJOR, MINOR, PENTATONIC
from nemovideo_mcp.timeline.model import Mood

Kind = Literal["drum", "chord", "arp", "bass", "pad", "lead", "counter", "mark", "bed"]
"""A mark is played at the beginning of a section, a bed lies under all of it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One player. ``levels`` is how loud in the intro, in a, in b and in the break (0: not at all); ``pan`` from -1 to 1;
    ``wet`` the send to the reverb: 0 none, 1 a little, 2 much. ``middle`` is the pitch (MIDI) that it plays around."""

    kind: Kind
    sound: tuple[str, ...]
    figures: tuple[str, ...] = ("",)
    levels: tuple[float, float, float, float] = (1, 1, 1, 1)
    gain: float = 1.0
    pan: float = 0.0
    wet: int = 1
    middle: float = 60
    voices: int = 4
    strum: float = 0.0
    """Seconds between the strings of a chord."""
    loose: float = 0.006
    """Seconds by which a stroke may be early or late."""
    busy: float = 1.0
    """Of a lead: how many of the figure's tones are played."""


@dataclass(frozen=True, slots=True)
class Style:
    """``keys`` are the tonics (pitch classes) to choose from. Progressions are bars of chords, ``|`` between bars, a space
    between two chords of a bar. ``close`` is the last bar before the last chord, ``last`` that chord. ``rhythms`` are the lead's:
    two bars, ``x`` a tone, ``-`` holds it. ``swing`` is the place of the second of two sixteenths, 0.5 being straight. ``pump`` dB
    that the chords go down under each kick. ``room`` is the reverb's length and brightness: seconds and Hz, and its level.
    ``warm`` is the Hz from which on all of it gets softer (dB an octave: 6). ``gain`` brings the mood to its usual level."""

    keys: tuple[int, ...]
    scale: tuple[int, ...]
    tune: tuple[int, ...]
    a: tuple[str, ...]
    b: tuple[str, ...]
    pause: tuple[str, ...]
    close: str
    last: str
    rhythms: tuple[str, ...]
    lines: tuple[Line, ...]
    swing: float = 0.5
    pump: float = 0.0
    room: tuple[float, float, float] = (1.6, 5000, 0.5)
    warm: float = 12_000
    gain: float = 1.0


_UPBEAT = Style(
    keys=(0, 2, 4, 7, 9),
    scale=MAJOR,
    tune=PENTATONIC,
    a=("I|V|vi|IV", "vi|IV|I|V", "I|vi|IV|V"),
    b=("IV|V|vi|I/3", "vi|IV|I|V/3", "IV|I/3|vi|V"),
    pause=("vi|IV|I/3|V", "IV|IV|vi|V"),
    close="IV V",
    last="Iadd9",
    rhythms=(
        "x..x..x.x--.....  x..x..x.x---....",
        "x.x.x..x..x---..  x.x.x..x--x---..",
        "..x.x.x--.x.x--.  ..x.x.x-----....",
    ),
    lines=(
        Line("pad", ("pad",), levels=(0.8, 0.6, 0.8, 1), gain=0.114, wet=2, middle=62),
        Line("chord", ("piano",), ("8..6..7...6..7..", "8..7..6.7..7..6.", "8.....7.8..7...."), (0.8, 0.9, 1, 0), 0.328, -0.12, 1, 64, strum=0.004),
        Line("arp", ("pluck", "muted"), ("0.2.1.3.2.1.3.2.", "0.1.2.3.2.3.1.2.", "3.2.1.0.1.2.3.2."), (0.6, 0.7, 0.8, 0.9), 0.243, 0.38, 1, 72),
        Line("bass", ("synth_bass",), ("r.r.r.r.r.r.r.r.", "r.rr..r.r.rr..f.", "r..r..r.r..r..o."), (0, 1, 1, 0), 0.327, 0, 0, 40),
        Line("lead", ("bell", "pluck", "piano"), levels=(0, 0.75, 1, 0.5), gain=0.249, pan=0.08, wet=2, middle=79),
        Line("drum", ("kick",), ("9...9...9...9...",), (0, 1, 1, 0), 0.240, 0, 0, loose=0.001),
        Line("drum", ("clap",), ("....8.......8...",), (0, 0.8, 1, 0), 0.579, 0.05, 1, loose=0.003),
        Line("drum", ("snare",), ("....7.......7...", "....7.......7..2"), (0, 0, 0.8, 0), 0.498, 0, 1, loose=0.002),
        Line("drum", ("hat",), ("..6...6...6...6.", "4.7.4.7.4.7.4.7.", "3.6.36.63.6.36.6"), (0.5, 0.9, 1, 0.6), 0.444, 0.25, 0, loose=0.003),
        Line("drum", ("shaker",), ("4242424242424242",), (0, 0, 0.8, 0.5), 0.342, -0.35, 0, loose=0.004),
        Line("mark", ("crash",), levels=(0, 0.6, 1, 0.3), gain=0.144, wet=1),
        Line("mark", ("swell",), levels=(0, 0.6, 1, 0), gain=0.089, wet=1),
    ),
    pump=5.0,
    room=(1.4, 6000, 0.5),
)  # fmt: skip

_CALM = Style(
    keys=(0, 2, 5, 7, 10),
    scale=MAJOR,
    tune=PENTATONIC,
    a=("Imaj7|IVmaj7|Imaj7|IVmaj7", "Iadd9|vi7|IVmaj7|V7sus4", "IVmaj7|Iadd9|vi7|IVmaj7"),
    b=("vi7|IVmaj7|I/3|V7sus4", "IVmaj7|V6|iii7|vi7", "ii7|IVmaj7|vi7|V7sus4"),
    pause=("IVmaj7|IVmaj7|vi7|V7sus4",),
    close="IVmaj7 V7sus4",
    last="Imaj9",
    rhythms=(
        "x-----x---x-----  x-----------....",
        "....x---x---x---  x-------....x---",
        "x-------x---x---  x---x-------....",
    ),
    lines=(
        Line("pad", ("glow",), levels=(1, 0.9, 1, 1), gain=0.118, wet=2, middle=60),
        Line("pad", ("strings", "choir"), levels=(0, 0, 0.55, 0.3), gain=0.089, wet=2, middle=67, voices=3),
        Line("arp", ("felt",), ("0...1...2...3...", "0...2...1...3.2.", "0.1.2...3...2..."), (0.8, 0.9, 1, 0.6), 0.213, -0.15, 2, 64, loose=0.012),
        Line("bass", ("bass",), ("r---------------", "r-----------f---"), (0, 0.8, 0.9, 0), 0.310, 0, 0, 38, loose=0.008),
        Line("lead", ("felt", "kalimba", "vibes"), levels=(0, 0.9, 1, 0.6), gain=0.274, pan=0.12, wet=2, middle=76, loose=0.014, busy=0.85),
        Line("drum", ("shaker",), ("..3...3...3...3.",), (0, 0, 0.6, 0), 0.497, 0.4, 1, loose=0.008),
        Line("drum", ("soft_kick",), ("7.......5.......",), (0, 0, 0.7, 0), 0.261, 0, 0, loose=0.006),
    ),
    room=(2.6, 3800, 0.75),
    warm=6500,
)  # fmt: skip

_LOFI = Style(
    keys=(0, 3, 5, 8, 10),
    scale=MAJOR,
    tune=PENTATONIC,
    a=("ii9|V9|Imaj9|vi7", "IVmaj9|iii7|ii9|Imaj9", "Imaj9|iii7|vi9|IVmaj7"),
    b=("IVmaj9|V9|iii7|vi9", "ii9|iii7|IVmaj9|V7sus4", "vi9|ii9|IVmaj7|V9"),
    pause=("IVmaj9|iii7|ii9|V7sus4",),
    close="ii9 V9",
    last="Imaj9",
    rhythms=(
        "....x.x-..x---..  ....x.x.x-......",
        "x--x..x-........  ..x.x--x--......",
        "......x.x--.x---  ....x..x-.......",
    ),
    lines=(
        Line("bed", ("vinyl",), levels=(1, 0.8, 0.8, 1), gain=0.129, wet=0),
        Line("chord", ("epiano",), ("8-----....6---..", "8---..6-....5-..", "7--...8-------.."), (0.9, 1, 1, 1), 0.581, -0.08, 1, 61, 5, 0.012, 0.012),
        Line("pad", ("glow",), levels=(0.3, 0.3, 0.6, 0.8), gain=0.127, wet=2, middle=62),
        Line("bass", ("upright",), ("r-----r.....f-a.", "r---....r--.f---", "r-----....r-t-f."), (0, 1, 1, 0), 0.453, 0, 0, 40, loose=0.012),
        Line("lead", ("vibes", "kalimba", "nylon"), levels=(0, 0.7, 1, 0.7), gain=0.328, pan=0.15, wet=2, middle=74, loose=0.018, busy=0.8),
        Line("drum", ("soft_kick",), ("9.....6...8.....", "9......7..7.....", "9.........84...."), (0, 1, 1, 0), 0.406, 0, 0, loose=0.006),
        Line("drum", ("soft_snare",), ("....8.......8...", "....8.......8..2"), (0, 0.9, 1, 0), 0.556, 0, 1, loose=0.012),
        Line("drum", ("rim",), ("..........2.....", "..............3."), (0, 0.5, 0.6, 0.5), 1.447, -0.3, 1, loose=0.01),
        Line("drum", ("hat",), ("6.4.6.4.6.4.6.43", "6.5.6.5.6.546.5."), (0.5, 0.9, 1, 0.4), 0.752, 0.22, 0, loose=0.008),
    ),
    swing=0.58,
    pump=2.5,
    room=(1.3, 3500, 0.45),
    warm=5200,
)  # fmt: skip

_CINEMATIC = Style(
    keys=(0, 2, 4, 9, 11),
    scale=MINOR,
    tune=MINOR,
    a=("i|bVI|bIII|bVII", "i|bVII|bVI|bVII", "i|iv|bVI|bVII"),
    b=("bVI|bVII|i|bIII", "bVI|bIII|bVII|i", "iv|bVI|bIII|bVII"),
    pause=("bVI|bVI|iv|bVII", "i|i|bVI|bVII"),
    close="bVI bVII",
    last="i",
    rhythms=(
        "x-------x---x---  x-----------....",
        "x-----x-x-------  x-----x-x-------",
        "x---------------  x-------x-------",
    ),
    lines=(
        Line("pad", ("low_strings",), levels=(0.8, 0.8, 1, 0.7), gain=0.117, wet=2, middle=52),
        Line("pad", ("horns", "choir"), levels=(0, 0.3, 0.8, 0), gain=0.117, pan=-0.1, wet=2, middle=57, voices=3),
        Line("arp", ("spiccato",), ("0.1.2.1.0.1.2.1.", "0.0.2.0.1.0.2.0.", "0.2.1.2.0.2.1.2."), (0, 0.8, 1, 0), 0.246, -0.3, 1, 62, loose=0.004),
        Line("arp", ("felt",), ("0...2...3...2...", "0.1.2.3.2.1.2.1."), (0.9, 0.5, 0.3, 1), 0.153, 0.15, 2, 69, loose=0.01),
        Line("bass", ("low_strings",), ("r---------------",), (0, 0.8, 1, 0.5), 0.191, 0, 1, 36),
        Line("bass", ("bass",), ("r.......r.......", "r...r...r...r..."), (0, 0, 0.8, 0), 0.245, 0, 0, 36),
        Line("lead", ("strings",), levels=(0, 0.55, 1, 0), gain=0.156, pan=0.1, wet=2, middle=74, loose=0.01),
        Line("counter", ("strings",), levels=(0, 0, 0.7, 0.5), gain=0.106, pan=0.25, wet=2, middle=69),
        Line("drum", ("taiko",), ("8.......5.......", "8.....4.6.......", "8..4..6.8..4...."), (0, 0.5, 1, 0), 0.399, 0, 1, loose=0.006),
        Line("drum", ("tom",), ("..............45", "............3456"), (0, 0, 0.9, 0), 0.211, 0.3, 1, loose=0.006),
        Line("mark", ("crash",), levels=(0, 0.5, 1, 0.3), gain=0.167, wet=2),
        Line("mark", ("swell",), levels=(0.4, 0.8, 1, 0.5), gain=0.110, wet=2),
    ),
    room=(2.8, 4200, 0.8),
    warm=8000,
)  # fmt: skip

_ACOUSTIC = Style(
    keys=(0, 2, 4, 7, 9),
    scale=MAJOR,
    tune=PENTATONIC,
    a=("I|Iadd9|IV|Iadd9", "I|V/3|vi7|IVadd9", "Iadd9|IVadd9|I|Vsus4"),
    b=("IV|I/3|ii7|V", "vi7|IVadd9|I|V", "IVadd9|V|I/3|IV"),
    pause=("vi7|IVadd9|vi7|V", "ii7|IVadd9|I|Vsus4"),
    close="IV V",
    last="Iadd9",
    rhythms=(
        "x-.x..x-x---....  x-.x..x-----....",
        "..x-x-x---..x---  ..x-x---x-......",
        "x---x-x-..x-----  x-x-x-------....",
    ),
    lines=(
        Line("arp", ("guitar",), ("0.2.1.3.0.2.1.3.", "0.213.2.0.213.2.", "0.3.2.1.0.2.3.1."), (1, 1, 0.8, 1), 0.328, -0.3, 1, 57, loose=0.008),
        Line("chord", ("guitar",), ("8...5.6...6.5.6.", "8..56.5.7..56.5.", "8...6.5..56.6.5."), (0, 0, 0.85, 0), 0.358, 0.35, 1, 60, 4, 0.013, 0.008),
        Line("chord", ("nylon",), ("7-------6-------",), (0, 0.6, 0, 0.5), 0.448, 0.3, 1, 60, 4, 0.02, 0.01),
        Line("bass", ("bass",), ("r-----..f---....", "r-----r-f-----..", "r-------f---a-.."), (0, 0.9, 1, 0), 0.371, 0, 0, 40, loose=0.008),
        Line("lead", ("nylon", "kalimba", "guitar"), levels=(0, 0.8, 1, 0.6), gain=0.268, pan=0.1, wet=2, middle=73, loose=0.012),
        Line("pad", ("strings",), levels=(0, 0, 0.5, 0.5), gain=0.105, wet=2, middle=64, voices=3),
        Line("drum", ("stomp",), ("8.......7.......", "8.......7..4...."), (0, 0.7, 1, 0), 0.385, 0, 0, loose=0.006),
        Line("drum", ("snap",), ("....6.......6...",), (0, 0.5, 0.7, 0.5), 0.909, 0.12, 1, loose=0.006),
        Line("drum", ("shaker",), ("5.3.5.3.5.3.5.3.", "5.335.335.335.33"), (0, 0.7, 1, 0), 0.418, 0.4, 0, loose=0.006),
        Line("drum", ("tambourine",), ("....5.......5...",), (0, 0, 0.7, 0), 0.617, -0.3, 1, loose=0.006),
    ),
    room=(1.2, 5000, 0.4),
    warm=9000,
)  # fmt: skip

_CORPORATE = Style(
    keys=(0, 2, 5, 7, 10),
    scale=MAJOR,
    tune=PENTATONIC,
    a=("Iadd9|V|vi7|IVadd9", "I|IVadd9|vi7|V", "IVadd9|I/3|V|vi7"),
    b=("IVadd9|V|vi7|I/3", "vi7|IVadd9|I|V", "IVadd9|vi7|I|V/3"),
    pause=("vi7|IVadd9|I|Vsus4", "IVadd9|IVadd9|vi7|V"),
    close="IVadd9 V",
    last="Iadd9",
    rhythms=(
        "x---x--x--x---..  x---x--x--------",
        "..x-x-x---x-----  ..x-x-x-x-------",
        "x-----x-x---....  x-----x-x---x---",
    ),
    lines=(
        Line("arp", ("muted",), ("0.1.2.1.3.1.2.1.", "0.0.2.1.0.0.3.1.", "0.2.1.2.3.2.1.2."), (0.9, 0.9, 1, 0.6), 0.336, -0.4, 1, 64, loose=0.004),
        Line("arp", ("pluck",), ("..3...2...3...2.", "...2..3....2..3."), (0, 0.5, 0.8, 0.5), 0.216, 0.45, 2, 76, loose=0.004),
        Line("chord", ("piano",), ("8-------........", "8-----7---......", "8-------7-------"), (0.8, 0.9, 1, 1), 0.504, 0.1, 1, 62, strum=0.006),
        Line("pad", ("pad",), levels=(0.4, 0.6, 0.9, 1), gain=0.120, wet=2, middle=64),
        Line("bass", ("bass",), ("r-----r-r-----r-", "r-r-r-r-r-r-r-r-", "r-------r---r-f-"), (0, 0.9, 1, 0), 0.350, 0, 0, 40, loose=0.004),
        Line("lead", ("bell", "music_box", "piano"), levels=(0, 0.5, 0.95, 0.5), gain=0.279, pan=0.15, wet=2, middle=78),
        Line("counter", ("strings",), levels=(0, 0, 0.6, 0.4), gain=0.115, pan=-0.2, wet=2, middle=71),
        Line("drum", ("kick",), ("9.......8.......", "9.....5.8.......", "9...8...9...8..."), (0, 0.8, 1, 0), 0.262, 0, 0, loose=0.002),
        Line("drum", ("clap",), ("....7.......7...",), (0, 0.5, 1, 0), 0.740, 0, 1, loose=0.003),
        Line("drum", ("snap",), ("....7.......7...",), (0.5, 0.5, 0, 0.6), 0.867, 0.1, 1, loose=0.004),
        Line("drum", ("hat",), ("..5...5...5...5.", "4.5.4.5.4.5.4.5."), (0, 0.8, 1, 0), 0.535, 0.3, 0, loose=0.003),
        Line("drum", ("shaker",), ("5353535353535353",), (0, 0, 0.8, 0), 0.245, -0.4, 0, loose=0.004),
        Line("mark", ("crash",), levels=(0, 0.4, 0.8, 0.3), gain=0.165, wet=1),
    ),
    pump=2.0,
    room=(1.6, 6000, 0.5),
)  # fmt: skip

_HAPPY = Style(
    keys=(0, 5, 7, 9, 2),
    scale=MAJOR,
    tune=PENTATONIC,
    a=("I|IV|I|V", "I|V|vi|IV", "I|I|IV|V"),
    b=("IV|I/3|ii|V", "vi|iii|IV|V", "IV|V|I|vi"),
    pause=("IV|IV|ii|V", "vi|ii|IV|V"),
    close="IV V7",
    last="I6",
    rhythms=(
        "x.x.x.x.x---....  x.x.x.x.x---....",
        "x..xx.x.x.x---..  x..xx.x.x-------",
        "..x.x.x.x.x.x--.  ..x.x.x.x---....",
    ),
    lines=(
        Line("chord", ("ukulele",), ("8...6.7...7.6.7.", "8.6.7.6.8.6.7.6.", "8..76.7.8..76.7."), (1, 1, 1, 0.9), 0.378, -0.28, 1, 66, 4, 0.011, 0.006),
        Line("arp", ("muted", "marimba"), ("0...2...1...2...", "0.2...1.2...1.2."), (0, 0.7, 0.8, 0.8), 0.284, 0.35, 1, 64, loose=0.006),
        Line("bass", ("bass",), ("r...f...r...f...", "r...l...r...t.f.", "r.....f.r...f.a."), (0, 1, 1, 0.6), 0.379, 0, 0, 42, loose=0.005),
        Line("lead", ("bell", "marimba", "flute"), levels=(0, 0.85, 1, 0.6), gain=0.285, pan=0.1, wet=2, middle=79, loose=0.008),
        Line("counter", ("flute",), levels=(0, 0, 0.7, 0), gain=0.107, pan=-0.15, wet=2, middle=74),
        Line("drum", ("stomp",), ("9...6...9...6...", "9.......9......."), (0, 0.9, 1, 0), 0.401, 0, 0, loose=0.004),
        Line("drum", ("clap",), ("....8.......8...", "....8.......8.4."), (0, 0.8, 1, 0.6), 0.591, 0, 1, loose=0.005),
        Line("drum", ("shaker",), ("5.4.5.4.5.4.5.4.", "5354535453545354"), (0.5, 0.8, 1, 0.6), 0.399, 0.35, 0, loose=0.005),
        Line("drum", ("tambourine",), ("..5...5...5...5.", "....6.......6..."), (0, 0, 0.9, 0), 0.487, -0.35, 1, loose=0.005),
        Line("mark", ("crash",), levels=(0, 0.3, 0.6, 0), gain=0.180, wet=1),
    ),
    swing=0.53,
    room=(1.0, 6000, 0.4),
    warm=10_000,
)  # fmt: skip

_ROMANTIC = Style(
    keys=(0, 3, 5, 8, 10),
    scale=MAJOR,
    tune=MAJOR,
    a=("I|iii|IV|V7", "I|vi|ii7|V7", "Imaj7|IVmaj7|ii7|V7sus4"),
    b=("vi|iii|IV|I/3", "IV|iv6|I/5|V7", "IVmaj7|V/1|iii7|vi"),
    pause=("IV|iv6|I/5|V7", "ii7|IV|I/5|V7sus4"),
    close="IV V7",
    last="Iadd9",
    rhythms=(
        "x-------x---  x---x---x---",
        "x-----x-x---  x-----------",
        "x---x-------  x---------x-",
    ),
    lines=(
        Line("arp", ("piano",), ("0.1.2.3.2.1.", "0...1.2.3.2.", "0.2.3.2.3.2."), (0.9, 0.9, 1, 1), 0.193, -0.12, 2, 58, loose=0.010),
        Line("bass", ("piano",), ("r-----------", "r-------f---"), (0.8, 0.9, 1, 0.8), 0.308, -0.05, 1, 43, loose=0.008),
        Line("pad", ("strings",), levels=(0, 0.35, 0.75, 0.3), gain=0.122, wet=2, middle=62),
        Line("bass", ("low_strings",), ("r-----------",), (0, 0, 0.7, 0), 0.104, 0.1, 2, 43),
        Line("lead", ("piano", "felt", "strings"), levels=(0, 1, 1, 0.6), gain=0.227, pan=0.1, wet=2, middle=74, loose=0.014),
        Line("counter", ("strings",), levels=(0, 0.3, 0.7, 0.5), gain=0.110, pan=0.3, wet=2, middle=67),
        Line("drum", ("brush",), ("....3...3...",), (0, 0, 0.6, 0), 0.369, 0.2, 1, loose=0.008),
        Line("mark", ("swell",), levels=(0, 0, 0.5, 0), gain=0.085, wet=2),
    ),
    room=(2.2, 4500, 0.7),
    warm=8500,
)  # fmt: skip

STYLES: Mapping[Mood, Style] = {
    "upbeat": _UPBEAT, "calm": _CALM, "lofi": _LOFI, "cinematic": _CINEMATIC, "acoustic": _ACOUSTIC,
    "corporate": _CORPORATE, "happy": _HAPPY, "romantic": _ROMANTIC,
}  # fmt: skip
