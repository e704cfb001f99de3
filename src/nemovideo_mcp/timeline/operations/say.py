"""Each operation as one exact sentence, for a backend that takes only words."""

from nemovideo_mcp.timeline.looks import described
from nemovideo_mcp.timeline.model import Position
from nemovideo_mcp.timeline.operations.base import BaseOperation
from nemovideo_mcp.timeline.operations.canvas import SetCanvas
from nemovideo_mcp.timeline.operations.grade import SetFade, SetLook
from nemovideo_mcp.timeline.operations.length import SetClipLength, SetTotalLength
from nemovideo_mcp.timeline.operations.look import SetFit, SetMotion
from nemovideo_mcp.timeline.operations.music import RemoveMusic, SetMusic
from nemovideo_mcp.timeline.operations.order import AddClips, MoveClip, RemoveClips, ReverseClips, SwapClips
from nemovideo_mcp.timeline.operations.texts import DEFAULT_TEXT_MS, AddText, RemoveTexts
from nemovideo_mcp.timeline.operations.transitions import SetTransition


def say(operation: BaseOperation) -> str:
    """The operation as an English sentence with every value in it."""
    match operation:
        case SetCanvas():
            parts = [
                f"aspect ratio {operation.ratio}" if operation.ratio else "",
                f"the format for {operation.platform.replace('_', ' ')}" if operation.platform else "",
                f"resolution {operation.resolution}" if operation.resolution else "",
                f"{operation.fps} frames per second" if operation.fps else "",
            ]
            return f"Set the video to {', '.join(part for part in parts if part)}."
        case SetTotalLength():
            return f"Make the whole video exactly {operation.seconds:g} seconds long."
        case SetClipLength():
            return f"Show {_clips(operation.clips)} for {operation.seconds:g} seconds{_each(operation.clips)}."
        case AddClips():
            what = ", ".join(operation.media) if operation.media else "all uploaded media that are not in the video yet"
            return f"Add {what} to the video{f' as clip {operation.at}' if operation.at else ' at the end'}."
        case RemoveClips():
            return f"Remove {_clips(operation.clips)} from the video."
        case MoveClip():
            return f"Move {_clip(operation.clip)} to position {_place(operation.to)}."
        case SwapClips():
            return f"Swap {_clip(operation.first)} and {_clip(operation.second)}."
        case ReverseClips():
            return "Reverse the order of all clips."
        case SetTransition():
            where = f"at cut {', '.join(map(str, operation.cuts))}" if operation.cuts else "between all clips"
            if operation.kind == "none":
                return f"Use plain cuts without any transition {where}."
            return f"Use a {operation.kind.replace('_', ' ')} transition{f' of {operation.seconds:g} seconds' if operation.seconds else ''} {where}."
        case SetMotion():
            how = {"none": "no motion", "auto": "gentle, varied motion"}.get(operation.motion, operation.motion)
            return f"Give {_clips(operation.clips)} {how.replace('_', ' ')}."
        case SetFit():
            how = {
                "auto": "fit the frame as suits it",
                "fill": "fill the frame, cropped as needed",
                "contain": "show whole, with black bars",
                "blur": "show whole, over a blurred background",
            }[operation.fit]
            return f"Let {_clips(operation.clips)} {how}."
        case SetLook():
            return f"Give {_clips(operation.clips)} this look: {described(operation.given())}."
        case SetFade():
            parts = [
                f"{way} {seconds:g} seconds" if seconds else f"no {way.split()[0]} fade"
                for way, seconds in (
                    ("fade in from the colour over", operation.in_seconds),
                    ("fade out to the colour over", operation.out_seconds),
                )
                if seconds is not None
            ]
            return f"Let the whole video {' and '.join(parts)}, the colour being {operation.color}."
        case AddText():
            end = (
                operation.start_seconds + DEFAULT_TEXT_MS / 1000
                if operation.end_seconds is None
                else operation.end_seconds
            )
            back = ", counted back from the end" if operation.from_end else ""
            return (
                f'Add the title "{operation.text}" from {operation.start_seconds:g} to {end:g} seconds{back}, '
                f"{_at(operation.position or 'center')}, in the colour {operation.color}."
            )
        case RemoveTexts():
            return f'Remove the title "{operation.text}".' if operation.text else "Remove all titles."
        case SetMusic():
            parts = [
                f"at {operation.volume:.0%} volume" if operation.volume is not None else "",
                f"fading in over {operation.fade_in_seconds:g} seconds"
                if operation.fade_in_seconds is not None
                else "",
                f"fading out over {operation.fade_out_seconds:g} seconds"
                if operation.fade_out_seconds is not None
                else "",
            ]
            more = ", ".join(part for part in parts if part)
            what = f"Use {operation.media} as background music" if operation.media else "Keep the background music"
            return f"{what}{', ' + more if more else ''}."
        case RemoveMusic():
            return "Remove the background music."
        case _:
            raise TypeError(f"no sentence for {operation.op}")


def _clips(numbers: list[int] | None) -> str:
    if numbers is None:
        return "every clip"
    if len(numbers) == 1:
        return _clip(numbers[0])
    return "clips " + ", ".join(_place(number) for number in numbers)


def _clip(number: int) -> str:
    return "the last clip" if number == -1 else f"clip {_place(number)}"


def _place(number: int) -> str:
    return f"{number}" if number > 0 else "the last" if number == -1 else f"{-number} from the end"


def _each(numbers: list[int] | None) -> str:
    return "" if numbers is not None and len(numbers) == 1 else " each"


def _at(position: Position) -> str:
    return "in the center" if position == "center" else f"at the {position.replace('_', ' ')}"
