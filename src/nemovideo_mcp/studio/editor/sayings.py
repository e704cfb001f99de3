"""The table of words, fourth part: English as it is spoken at home, built from verbs and what they are said of. Only data.

The words of the other parts win over these where both know one.
"""

from collections.abc import Iterable
from typing import Any


def _each(*parts: str) -> str:
    """Every combination of the words of the parts, which are divided by ``/``: an empty one may be left out."""
    lines: Iterable[str] = [""]
    for part in parts:
        lines = [f"{line} {word}".strip() for line in lines for word in part.split("/")]
    return "|".join(dict.fromkeys(lines))


_GOES = "go/goes/going/fade/fades/fading/cut/cuts/dip/dips/turn/turns"

ENGLISH: dict[str, str] = {
    "LESS": "dial back|scale back|cut back on|rein in|ease off|tone down",
    "GUARD": "anything but|anything except|anything other than|some of them|some of these|some of those|most of them|most of the|a few of the|a few of them|several of the|several of them|a couple of the|a few photos|a few pictures|several photos|several pictures|most photos|most pictures|certain photos|certain pictures",
    "LOOKWORD": "evening light|morning light|sunset light|glow|hue|cast|looking|type of look|kind of look",
    "POLITE": "it's me again|me again|it is me again|here i am again|one after the other|one after another|one by one|while you look at it|while you're looking at it|while it's shown|while it is shown|while it's on screen|while you watch|as you look at it|as you watch|while we look at it|we've decided on|we decided on|we settled on|we've settled on|we agreed on|we've agreed on|let's settle on|i've decided on|i decided on|we're going for|we went with|i'd|we'd|im|no idea about the order|i don't care about the order|the order doesn't matter|i don't mind the order|i like it when|i love it when|i'd like it when|we like it when|it's nice when|it looks nice when|i'd enjoy|we'd enjoy|is it possible that|would it be possible that|forget what i said|feel like|it should feel like|make it feel like|would be better|would be nicer|would be lovely|would be good|would be ideal|would be fine|would look better|would look nicer|looks better this way|would be more like it|how would it be if|could it be that|works better|would work better|is better|is nicer|before and after style|before-and-after style|in before and after style|would do|would do it|should do it|will do it|does it|would do nicely|would suit it|would suit|would suit it well|would fit it|would go well|would go nicely|would go well with it|would work|would work well|suits it|uhm|uhh|umm|erm|each other|is plenty|plenty|is fine by me|is long enough|is about right|would be about right|is about the right length|would be plenty|should be plenty|should be enough|would suffice|should suffice|will suffice|under this|underneath this|if you ask me|every time|each time|yuo|yu|cna|cn you|coud you|culd you|pleas|plaese|pleeease|pleaase|thnx|tks|thank u|thank you dear|grandpa here|would it be ok to|would it be okay to|is there any way to|any chance you could|"
    "any chance we could|any chance|do you think you could|do you think we could|think you could|can you do me a favor and|do me a favor and|be so kind as to|be so kind and|if it's not too much trouble|"
    "if it isn't too much trouble|if it is not too much trouble|when you have a minute|when you have time|if you have time|if you have a minute|for a moment|for a brief moment|for a sec|momentarily|briefly|"
    "make sure|make sure that|please make sure|be sure to|see to it that|see that|ensure|ensure that|it should be so that|have it so|i'd say|i would say|i feel like|i feel|my idea is to|my idea was to|the idea is to|"
    "what i want is|what i'd like is|what we need is|all i want is|all i need is|what i need is|i was thinking|i'm thinking|i was hoping|i was hoping you could|i'm hoping|hopefully|ideally|we thought|i thought|i figured|"
    "folks|guys|sir|madam|mate|pal|honey|darling|sweetie|friend|team|hiya|howdy|good morning|good evening|good afternoon|greetings|anyways|anyway|btw|by the way|fyi|another thing|one last thing|"
    "start by|begin by|the next one up|while we're at it|if that's possible|if it's possible|if that is possible|if it is possible|if you would|would you be able to|are you able to|will you please|i'd be happy if|i would be happy if|"
    "i'd be grateful if you could|it would help if|it would help to|i just want|i only want|i simply want|i really want|i really need|i still want|i still need|i also want|i also need|we also need|we also want|i only need you to",
    "NOISE": "time slot|slot|time limit|time frame|in a blink|in no time|in the blink of an eye|in a blink of an eye|at all|itself|themselves|came out|comes out|turned out|come out looking|came out looking|turns out|sort of|nicely|neatly|neat|proper|properly|entire|please just|that thing|little|small little|"
    "whole big|actual|single one of|kind of thing|thingy|thingie|or thereabouts|thereabouts|more or less|give or take|ish|close to|somewhere around|somewhere near|in the region of|in the neighborhood of|kinda like|i dunno",
    "TITLE": "sentence|message|greeting|saying line|short message|little note|closing line|word|the word|the words|writing|the writing|lettering on screen|words on screen|words on the screen|text on screen|text on the screen|intro line|opening line|line of text|piece of text|bit of text|some text|inscription|greeting|wording on screen|screen text|written words|on-screen text|onscreen text|on screen text",
    "BE": "deserves|deserve|warrants|merits|sit|sits|sit down|live|lives|belong|belongs|be sitting|be placed|be put|be standing|"
    + _each("run/last/go/be/stay", "for")
    + "|be over in|be done in|be finished in|finish in|done in|over in|clock in at|come in at|comes in at|comes to|amount to|add up to|total up to|weigh in at|go on for|goes on for|runs for|lasts for|"
    "be about|be around|comes out at|come out at|be roughly|fit into|fit in|fits in|fits into|squeeze into|squeezed into",
    "SHOW": "stand|stand for|stands|stands for|be seen|be seen for|seen for|be looked at|be visible for|be shown for|be displayed for|hangs around|hang around|hangs around for|hang around for|stick around|sticks around|stick around for|sticks around for|lingers|lingers for|linger for|lingers on|sits there|sit there|sits there for|sits on screen|sit on screen|be there|be there for|be on for|is on for|comes up for|come up for|"
    "stays there|stay there|stay there for|stays up|stays up for|stays on|stays on for|stay on for|stand there|stands there|on display|on display for|be displayed|be up on screen|remain|remains|remain on screen|remains on screen|remain visible|stay visible|stays visible|stay put for|rest on|rests on|gets shown|get shown|is shown|are shown|"
    "keep on the screen|keep showing|keep displaying|have on screen|play for|plays for|flash up|flashes up|pop up|pops up|show up|shows up|turn up on screen",
    "MATTERS": "matter|count|are needed|are important|are any good|are worth keeping|are wanted",
    "MAY": "may|may still|can still|might|are allowed to|is allowed to|may all",
    "LASTTHING": "last thing people see|last thing you see|last thing they see|last thing we see|last thing everyone sees|last thing anyone sees|very last thing people see|very last thing you see|very last thing they see|very last thing we see|last thing on screen|last thing to be seen",
    "FIRSTTHING": "first thing people see|first thing you see|first thing they see|first thing we see|very first thing people see|very first thing you see|first thing on screen|first thing everyone sees",
    "COMES": "flashes by|flash by|flies by|fly by|rushes by|rush by|races by|zips by|whizzes by|passes by|pass by|go by|goes by|begin|begins|begin playing|start playing|starts playing|kick in|kicks in|set in|sets in|came|went|comes in first place|goes in|shows up|end up|ends up|lands|land",
    "CROSSFADE": "melt|melts|melting|melt into|melts into|melting into|blend|blends|blending|blend into|blends into|blending into|dissolving into|dissolve into|dissolves into|fade over into|fades over into|fade over to|fades over to|flow into|flows into|merge into|merges into|"
    "overlap and fade|fade across|soft blend|gentle blend|soft dissolve|soft dissolves|slow dissolve|slow dissolves",
    "ZOOM_IN": "zoomed in|zoomed in on|zoomed into|"
    + _each("come/comes/move/moves/get/gets/go/goes", "a little/a bit/slowly/slightly", "closer")
    + "|"
    + _each(
        "come/comes/coming/move/moves/moving/get/gets/getting/go/goes/going/creep/creeps/creeping/glide/drift",
        "closer/in closer/in close",
        "/on/to/towards/toward/into/in on",
    )
    + "|close in on|closes in on|closing in on|move in on|moves in on|moving in on|come in on|go in on|creep in on|creep in|zero in on|push in on|pushes in|pushing in|push in towards|zoom right in|zoom right into|zoom right in on|go close on|go close to|"
    "get bigger slowly|slowly get bigger|slowly gets bigger|slowly grow|slowly grows|zoom towards|zoom toward|magnify|zoom slowly towards|blow up|grow slowly",
    "ZOOM_OUT": "zoomed out|"
    + _each("move/moves/moving/go/goes/pull/pulls/pulling/drift", "away/back and away", "/from")
    + "|back away|backs away|backing away|back off slowly|retreat|pulls back|pulling back|pulled back|pull out from|pull back from|back away from|slowly get smaller|slowly gets smaller|zoom right out|zoom away|zoom away from",
    "PAN": "sweep|sweeps|sweep across|sweep over|travel|travels|travel across|move across|moves across|moving across|slide across|wander|wanders|swing|glide across|glide over|pan across|pan over|drift across|drift over|float across|pan slowly|slow pan|gentle pan",
    "STATIC": "sit still|sits still|lie still|hold it still|keep it still|sit perfectly still|stay perfectly still|stop moving around|not moving|without moving|without any movement|without movement|hold steady|keep steady|steady|perfectly still|completely still|totally still|quite still|stay put|stays put|in one place|in place|fixed in place|not moving around|not move around|don't move around|don't wander|no moving around|no moving|no moving about|rock steady",
    "MOTION": "shaking|jiggling|bouncing|jumping around|swaying|moving around|moving about|wobbling|wandering|wandering around|drifting|drifting around|panning around|zooming around|moving all over|swimming around|ken burns movement|zoomy effect|zoomy stuff|zoom effects|moving stuff|motion effects|moving effects|moving effect|moving back and forth",
    "BARS": _each(
        "black stuff/black things/black bars/black stripes/black bits/black edges/stripes",
        "left and right/on the left and right/on both sides/at the sides/on the sides/at the top and bottom/top and bottom/to the left and right",
    )
    + "|"
    + "bars left and right|bars on the left and right|bars on both sides|bars at both sides|bars on the sides|bars at the sides|bars at the top and bottom|bars on top and bottom|bars top and bottom|bars above and below|black bars left and right|black bars on both sides|black bars on the sides|black bars at the top and bottom|black bars on the left and right|black stripe|black strip|black bits|black parts|black bit|black part|empty space|empty spaces|dead space|black space|black areas|black edges|black gaps|gray bars|grey bars|black margins|empty bits|empty areas|empty sides|black bands|black stripes on the sides|black bars on the sides|blank space|blank areas|black voids",
    "BORDER": "bands|stripes at the sides|strips",
    "CONTAIN": _each(
        "show/display",
        "them/it/the photos/the pictures/everything/all of them/each photo/each picture",
        "complete/uncut/in one piece/in full length",
    )
    + "|be whole|be seen whole|be complete|be shown whole|shown whole|be fully shown|tops are missing|the tops are missing|heads are missing|the heads are missing|feet are missing|the feet are missing|parts are missing|half of it is missing|be seen completely|be seen in full|nothing cut away|nothing is cut away|nothing cut|nothing missing|nothing cropped|nothing chopped off|nothing trimmed|nothing trimmed away|nobody's head is cut off|nobodys head is cut off|no one's head is cut off|no heads cut off|no heads are cut off|no heads get cut off|heads are not cut off|heads aren't cut off|heads don't get cut off|heads are never cut off|nobody is cut off|nobody's cut off|nobody gets cut off|no one gets cut off|no one is cut off|"
    "nothing gets cut off|nothing's cut off|nothing is cropped|nothing gets cropped|nothing is lost|nothing gets lost|nobody gets cropped|nobody is cropped out|no one gets cropped|not cropped|don't chop off anything|don't chop anything off|don't chop the heads off|don't chop off the heads|don't chop heads off|without chopping|"
    "see the whole picture|see the whole photo|see the whole image|see all of each picture|see all of each photo|show all of each picture|show all of each photo|see the entire picture|see the entire photo|show the whole of each picture|everything is visible|everything visible|everything in the picture is visible|"
    "all of the picture|all of each photo|all of each picture|whole of each photo|whole of each picture|see everything in the picture|see everything in the photos|fit the whole photo|fit the whole picture|fit whole photos|fit the whole photo in|fit the whole picture in|complete picture|complete photo|complete pictures|complete photos|whole images|entire images|entire pictures|full pictures|full photos|full images",
    "FILL": "fill up the whole screen|fill my phone|fill the phone|fill the phone screen|fill the whole phone|fill the picture|fill it up|fill everything|no empty space|without empty space|edge to edge|up to the edges|right to the edges|take up the whole screen|takes up the whole screen|take up the full screen|cover the screen|cover the whole frame|use the whole screen|fit the whole screen|whole screen|entire screen|fills the screen|fills the whole screen|fill out the screen",
    "LOUDER": "turn the volume way up|too soft|too faint to hear|a lot louder|can't hear|cannot hear|can hardly hear|can barely hear|barely hear|hardly hear",
    "QUIETER": "hush|hushed|less noisy|more subdued|subdued|lower volume|at a lower volume|turn down the volume of|turn down the volume on|too noisy|blasting|blares|blaring|deafening|overpowering|drowns out everything|drowning out everything",
    "FADE_OUT": "stop softly|stop gently|stops softly|stops gently|stop slowly|stop smoothly"
    + "|"
    + _each("fade/fades/fading/die/dies/dying/trail/trails/trailing/ease/eases/melt/drift/tail/tails/ebb", "away/off")
    + "|die down|dies down|dying down|fade down|fades down|taper off|tapers off|slowly disappear|gently disappear|slowly go quiet|go quiet slowly|gradually go quiet|slowly get quieter|gradually get quieter|get quieter and quieter|fade to silence|fade into silence|end softly|end gently|ease out|eases out|fade out gently|fade out slowly|gently fade out|slowly fade out|gradually fade out|fade out gradually|fade out softly|softly fade out|slow fade out",
    "FADE_IN": "start softly|start quietly|starts softly|begin softly|begin quietly|come in slowly|come in gently|comes in gently|comes in slowly|come in softly|fade in gently|fade in slowly|gently fade in|slowly fade in|gradually fade in|fade in gradually|fade in softly|get louder slowly|gradually get louder|slow fade in|fade up|fades up|slowly appear|slowly appears|gently appear",
    "REMOVE": "hide|conceal|get off|off with|away with|out with|be dropped|dropped|be removed|removed|deleted|be thrown out|thrown out|thrown away|be thrown away|taken out|be left out|left out|kicked out|be kicked out|be skipped|be cut out|axe|nix|get rid off|do without|leave off|be gone|be removed|be taken out|be deleted|cut out of|edit out|take back out|take it out of|get it out of|chuck|chuck out|scratch|scrub|yank|pull out of|weed out|has to go|have to go|needs to go|need to go|must go|should go away|make disappear|go away|make it go away|kick|boot|banish|omit|eliminate|not have",
    "NOT": "don't think we need|i don't think we need|i don't think i need|don't think i need|i don't think we want|don't think we should have|we can do without|i can do without|can do without|could do without|i could do without|we could do without|there's no need for|there is no need for|no need for|don't need|do not need|doesn't need|don't want|do not want|don't want any|doesn't have to have|we don't want|i don't want|i do not want|we do not want|i don't need|we don't need|i don't want any|we don't want any|i'd rather not have|rather not have|without any|not a single|nope to|doesn't belong|does not belong|don't belong|do not belong|shouldn't be|should not be|isn't supposed to be|not supposed to be|stop doing|quit|enough with|no more of|less of the",
    "START": "the first thing|the very first thing|open the show|to open the show|to open the film|to open the video|to start the film|to start the video|start the show|opens the film|opened the film|open the film|opens the video|open the video|opens the show|opens it|kicks it off|starts it off|goes first|comes first|went first|came first|very front|very beginning of it|right at the start|right at the beginning|top of the video|outset|get-go|kickoff|kick off",
    "END": "close the show|to close the show|to end the film|to close the film|to finish the film|closes the film|closed the film|close the film|closes the video|close the video|closes the show|closes it|ends the film|ends it|finishes the film|goes last|comes last|went last|came last|tail end|closing moments|very last|very end of it|right at the end|finish|finale|tail|conclusion|wrap-up",
    "STARTWITH": "lead with|leads with|lead off with|kick things off with|start things off with|start us off with|open on|opens on|start on|starts on|begin on|begins on|starts out with|start off on|make the opener",
    "ENDWITH": "close it out with|finish out with|wrap everything up with|end everything with|finish it off with|round it off with|end it all with|top it off with|close it with|close it off with|finish everything with|save for last|saved for last|leave for last|leave for the end|save for the end|save until last|save till last|save until the end|save till the end|keep for the end|keep for last|close on|closes on|close out with|round off with|rounds off with|end up with|wrap it up with|ends with|end with|finish up with|conclude with",
    "DESCENDING": "z first|z to a|from z to a|starting with z|starting from z|from z|with z first|in reverse alphabetical order|backwards alphabetically",
    "MAKE": "crank|dial|nudge|knock|ramp|jack",
    "USE": "to hear|hear",
    "MOVE": "shove|slide over|slot|slot in|tuck|push back|pull up|bump to|bring forward",
    "ADD": "make room for|welcome everybody with|welcome everyone with|greet everyone with|greet everybody with|greet people with|welcome people with|greet them with|welcome them with|welcome the viewers with|pop in|pop on|whack|plonk|stick in|stick on|slap on|put on|put up|print|superimpose|stamp|chuck in|throw on|write out|spell out|tack on|tack|squeeze in|sneak in|display the words|show the words|lay over|lay on top",
    "SWAP": "change places|swap places|exchange places|switch places|trade spots|swap spots|trade positions|swap with each other|switch with each other|flip flop|swap out the places of|change places of|change the places of|exchange the places of|change round|swap round|change over|turn around the order of",
    "SAY": "with the message|that just says|just saying|with the writing|that should say|which says|which reads|with the line|with the phrase|with these words",
    "RESAY": "is supposed to say|was supposed to say|should have said|should've said|ought to read|has to read|must say|needs to read|should instead say|should instead read|should be saying|should rather say|make it say|make it read|have it say|have it read|let it say|let it read|change it to say|change it to read",
    "NUMBERING": "a number on|number on|its number|their number|their numbers|the numbers on|numbers on|the numbers|numbered|numbers in the corner|photo number|picture number|picture numbers|running numbers|number labels|numerals",
    "ALLTEXTS": "all the writing|all of the writing|all the wording|all of the text|all of the words|all text on screen|everything written|all the captions and titles|all the titles and captions|any text|any writing|any words",
    "CAPTION": "note under|a note under|words under|text under|writing under|line under|a line under|label under|name under",
    "BESIDE": "on the screen together|on screen together|together on the screen|together on screen|on screen at once|both on screen|both on the screen|like one screen|as one screen|in one screen|on one slide|in the same frame|in the same shot|both at once|both at the same time|at once on screen|at the same time on screen|together side by side|shown together|at the same time on the screen|next to one another|left and right of each other|in a split screen|as a split screen|in split screen",
    "SLOWZOOM": "move in slowly on|move in slowly|moves in slowly|slowly move in on|slowly move in|slowly moving in|creep in slowly|slowly creep in|slowly come closer|slowly comes closer|slowly get closer|slowly go closer|slowly zoom closer|gently move in|slowly approach|slowly zooming in|slow zooming|zooming slowly|zoom in slowly|zooms in slowly|zoom in gently|gentle zooming|slow little zoom|nice slow zoom|bit of slow zoom|a bit of slow zoom|little bit of zoom|tiny zoom|a slow zoom in|slow zoom-in|slow push in",
    "SHUFFLE": "mix it|just mix it|mix them|just mix them|mix it all|mix them all|mix everything|shake up the order|shake things up|shake them up|shake the order up|toss the order|random shuffle of|mix everything up|shuffle things around|shuffle them around|surprise me with the order|any order you like|whatever order you like|whatever order|jumble up|jumble them up|jumbled up|jumbled|mix them around|mix up the pictures|mix the pictures up|mix up the pictures order|mix the order up|in no particular order|any old order|random sequence of|randomly ordered",
    "ALL_CUTS": _each(
        "every time/each time/whenever/when",
        "the picture/the photo/the image/the slide/a picture/a photo",
        "changes/switches",
    )
    + "|for every change|for each change|at each transition|at every transition|for every transition|for each transition|when it changes|whenever it changes|at the changes|when they change|whenever they change|when the pictures change|when the photos change|whenever the pictures change|whenever the photos change|with every change|at every change|on every change|with each change|at each change|between all of them|between each of them|between them all",
    "REVERSE": "turn the order upside down|order upside down|upside down order|from the last picture to the first|from the last photo to the first|from the last one to the first|from last photo to first|from last picture to first|opposite way around|opposite direction|the opposite way|wrong way round|flip the whole order|flip the sequence|flip them around|turn it around so the last comes first|start at the end and end at the start|start with the last and end with the first|last one first and first one last|last first and first last|last photo first and first photo last|back-to-front|end to start|from end to start|from the end to the start|from back to front|from the last to the first|last to the first|in reverse",
    "UNDO": "bring back the version from before|bring back the version before|the version from before|back to the version before|go back to the version before|bring the old version back|bring back what we had|bring back what was there|"
    + _each("take back/undo/cancel/revert/reverse", "the last/my last/that last", "step/change/edit/thing/one")
    + "|"
    + "go back to how it was before|back to how it was before|go back to the way it was before|back to the way it was before|as it was before that|how it was before that|never mind that|nevermind that|take that last thing back|take the last thing back|cancel that|cancel the last change|cancel the last one|cancel last change|that was a mistake|that was wrong|that didn't work|go back to what it was|put it back the way it was|back to what it was|back to what it was before|bring back the old version|make it like before|make it how it was before|make it the way it was|make it the way it was before|make it like it was|make it like it was before|like it was before",
    "START_OVER": "start over from the beginning|start again from the beginning|start from the beginning again|begin again from the start|go back to the start|start anew|start afresh|start all over|start all over again|from the beginning again|go back to the beginning|go all the way back|back to how you started|back to how it was at the start|back to how it was in the beginning|back to square one|put everything back|put everything back to how it was|put everything back the way it was|scrap everything|scrap it all|throw everything away|throw it all away|forget everything|undo all of it|undo all changes|undo all the changes|undo all my changes",
    "REDO": "put that back|put that change back|bring that back|bring the change back|actually keep that change|do that again after all",
    "FILENAME": "name of each photo|name of each picture|name of each file|the name of each file|name of the file|names of the files|names of the photos|names of the pictures|each file's name|each photo's name|each picture's name|photo's name|picture's name|the file's name",
    "FILM": "teaser|recap|highlight reel|tribute|tribute video|video tribute|memory video|photo show|picture show|photo film|diashow|dia show|whole video|whole film|whole slideshow|whole show|whole movie|entire video|entire film|the show|show as a whole|little film|little movie|little video|short film|clip as a whole|full video|final video|final film|finished video|whole lot|whole shebang|complete video|complete film|complete thing|full thing|overall video",
    "CLIP": "photos i sent|pictures i sent|pics i sent|photos i uploaded|pictures i uploaded|photos i gave you|pictures i gave you|photograph|photographs|pictrue|pictrues|photoes|pohto|pohtos|phtos|picutre|picutres|photes|pixs|piccies|snaps|shots i uploaded",
    "AUDIENCE": "big screen|the big screen",
    "BYDATE": "in the order i took them|in the order i shot them|the order i took them|order in which i took them|by when i took them|the order they were shot|in the order they were shot|by the date they were taken|by date they were taken|go by the date they were taken|go by date|go by the date|go by when they were taken",
    "CUT": "jump straight|jump directly|jump from picture to picture|jump from photo to photo|jump|jumps|snap from one to the next|switch instantly|change instantly|instant cut|instant cuts|instant change|instant switch|abrupt cuts|straight switch",
    "SORTNAME": "alphabetically by file name|alphabetically by name|by file name alphabetically|by name alphabetically|alphabetically by title",
    "NAME": "after their names|by their names|according to their names|after the names|according to the names|after the file names|according to the file names|according to file name",
    "UNCHANGED": "normal|as normal|as usual",
    "NEW": "another picture|another photo|another image|an extra picture|an extra photo|additional picture|additional photo|further picture|further photo|the extra picture|the extra photo",
    "CAMERA": "like the camera is|like the camera|as if the camera is|as if the camera|as though the camera|as though the camera is|as if the camera were",
    "VIDEO_CLIP": "movie clip|movie clips|film clip|film clips|video sequence|the recording",
    "EACH": "open each|open every|each single|every single|each and every|each individual|every individual|every last",
    "WHOLE": "over the whole thing|on the whole thing|throughout the whole thing|throughout the whole video|all through|all through it|all throughout|all the time|the entire length|for its entire length|the whole way|the whole way through|the full length|for the full length|from start to finish|from beginning to end|start to finish|beginning to end|from start to end|from the start to the end|from the beginning to the end|permanently|constantly|the entire way through|during all of it|during the whole thing|for the entire thing|for the whole thing|always|all of the time",
    "MUTE": "silenced|shut off the sound|no sound|no audio|without sound|without audio|without any sound|turn the sound off|turn the sound off on|turn off the sound|switch off the sound|switch the sound off|kill the sound|cut the sound",
    "BEATS": "to the rhythm of the song|rhythm of the song|to the beat of the song|beat of the song|on the beat of the song|to the beat of the track|rhythm of the music|beat of the music|to the pulse of the music|with the rhythm of the song|in time with the song|in time to the song|change with the beat|change on the beat|change to the beat|switch on the beat|switch to the beat|switch with the beat|change with the music|change in time with the music|go with the beat|go with the music|follow the beat|follow the music|follow the rhythm|timed to the music|timed to the beat|in tune with the music|in step with the music|with every beat|on every beat|on each beat|land on the beat|hit the beat|hits the beat",
    "LOOP": _each(
        "loop/repeat/replay/restart",
        "the song/the music/it/the track/the tune",
        "if it's too short/if it ends/if it runs out/when it ends/when it runs out/if needed/if necessary/as needed/when it's over/if it is too short",
    )
    + "|"
    + _each(
        "go on/keep on/keep going/keep playing/continue/carry on/play/repeat/run/loop/goes on/plays on",
        "until/till",
        "the end/the video is finished/the video is over/the film is over/the film is finished/it's over/the video ends/the film ends/the end of the video/the end of the film",
    )
    + "|"
    + "repeat until the film is over|repeat until the end|repeat till the end|keep playing until the end|play until the end|repeat itself until the end|repeat until it's over|repeat until the video is over|repeat until the video ends|repeat until the film ends|keep going until the end|run until the end|last until the end|start over if it runs out|start over when it runs out|start again if it runs out|start again when it runs out|start over when it's over|start again when it's over|start over if it ends|start over when it ends|restart when it ends|restart if it ends|repeat if it's too short|repeat when it's over|repeat when it ends|play again when it ends|play again when it's over|play again if it's too short|begin again when it ends|keep repeating|start over when it ends|starts again when it ends|start again when it ends|loop around|loop if it's too short|loop the music|loop the song|loop the track|repeat itself|repeats itself|repeat if needed|play again and again|over and over|over and over again|keeps playing|keep playing|keep going",
    "ONCE": "stop after it has played once|stop after one play|stop after playing once|play one time|only play one time|end after playing once|play a single time|not start again|not start over|not repeat|not play again|don't repeat the music|don't repeat the song|don't let it repeat|play just once|play only once|one time only|just the one time|no repeating|without repeating",
    "RESETLOOK": "it natural|look natural|natural look|them natural|bring the colors back to normal|bring the colours back to normal|put the colors back to normal|put the colours back to normal|colors back the way they were|colours back the way they were|its own colors|their own colors|real colors|true colors|real colours|true colours|original look|normal look|no effects on|in full color again|back to normal|back to normal colors|colors back to normal|colours back to normal|as they were shot|regular colors|regular colours|in its original color|in their original colors",
    "BLUR": "blurred copy of the photo|blurred copy of the picture|blurred copy|blurred copy of itself|blurred copy of the image|blurry copy|blurry copy of the photo|blurry copy of the picture|blurry copy of itself|fuzzy background|fuzzy sides|soft background|out of focus background|out-of-focus background|blurry copy behind it|blurred version of the photo|blurred version of the picture|blurred version of itself|blurry version of itself|blurry version of the photo|blurry version of the picture|blur instead|blurry stuff on the sides|blurred in the background|blurry in the background",
    "CORNER": "corner of the screen|corner of the video|corner of the picture|corner of the frame|in the corner|in one corner|in a corner",
    "BEFORE": "precede|precedes|ahead of|prior to|leading into|in front of",
    "AFTER": "follow|follows|immediately following|right behind|next after|coming after|directly following",
    "REST": "other ones|all other|all the other|all the others|all other ones|others too|every other one of them|the remainder|remainder|everyone else|the other photos|the other pictures|the other pics|all the other photos|all the other pictures|all other photos|all other pictures|all the other ones",
    "DISLIKE": "i hate|hates|hates it|can't bear|cannot stand|i'm not keen on|not keen on|not into|i really don't like|i don't really like|don't really like|not happy with|i'm not happy with|not fond of|don't care for|i don't care for|is annoying|are annoying|is awful|are awful|looks awful|is horrible|is terrible|are terrible|looks terrible|sucks",
    "BECAUSE": "bcause|becuase|becos|bcuz|seeing as|seeing that|on account of|due to|owing to|thanks to|inasmuch as|the reason is|reason being",
    "RENAME": "retitle|re-title",
    "SPLIT": "break in two|break into two|chop in half|chop in two|cut down the middle|split down the middle",
    "SORT": "put in order|put them in order|put in the order|line up|line them up|lay them out|sequence them|arrange them|order them|sort them|rearrange them|reorder them|organise them|organize them",
    "DATE": "the day|day it was taken|day they were taken|the date it was taken|dates|the dates|date it's from|when it was shot|when it's from|when each was taken|when each one was taken|when each photo was taken|when each picture was taken",
}
CHINESE: dict[str, str] = {}


def _manner(template: str | None = None, mood: str | None = None, filter: str | None = None) -> dict[str, str | None]:
    return {"template": template, "mood": mood, "filter": filter}


VALUES: dict[str, dict[str, Any]] = {
    "DEGREE": {
        "tiny bit|tiny little bit|wee bit|a notch|one notch|a hair|a smidgen|a smidge|a wee bit|a teeny bit|a teensy bit|a teeny tiny bit|just a bit|just a little|just a touch|just a tad|just slightly|ever so slightly|ever so little|a fraction|a shade|a whisker|a small amount|"
        "a little while|a wee|a dash|a pinch|marginally|moderately|gently": 0.5,
        "loads|tons|heaps|massively|a good deal|a great deal|quite a bit|quite a lot|a ton|a hell of a lot|drastically|dramatically|a good bit|a fair bit": 2.0,
    },
    "FILM_FADE": {"start in white|starts in white|begin in white": ("in", "#ffffff"), _each(_GOES, "to/into/", "black") + "|black out|blackout|blacks out|fade into blackness|go dark|goes dark|fade into darkness": ("out", "#000000"),
                  _each(_GOES, "to/into/", "white"): ("out", "#ffffff"),
                  "out of the dark|start out of the dark|come out of the dark|start dark|come out of black|out of darkness|emerge from black|start in the dark|begin in the dark|starts in the dark|begins in the dark|from the dark|come up from black|out of black|starts dark|begin dark": ("in", "#000000")},
    "PLACE": {
        "from top to bottom|top to bottom|from the top to the bottom|from top down|from the top down|top down": "bottom",
        "from bottom to top|bottom to top|from the bottom to the top|from the bottom up|bottom up": "top",
        "along the top|across the top|up top|up at the top|at the very top|on top|over the top|near the top|towards the top|toward the top|top part|upper part|up high|on the top|in the upper part|in the top part|at the head|the top edge|along the top edge|top of the screen|top of the frame|top of the picture|top of the video": "top",
        "along the bottom|across the bottom|down the bottom|down at the bottom|at the very bottom|near the bottom|towards the bottom|toward the bottom|bottom part|lower part|down low|down below|on the bottom|in the lower part|in the bottom part|at the foot|the bottom edge|along the bottom edge|bottom of the screen|bottom of the frame|bottom of the picture|bottom of the video|lower down on the screen": "bottom",
        "across the middle|across the center|across the centre|right in the middle|smack in the middle|dead center|dead centre|in the very middle|middle of the screen|center of the screen|centre of the screen|middle of the frame|in the middle of the screen|in the center of the screen|smack bang in the middle|bang in the middle": "center",
        "upper left hand corner|top left hand corner|top-left|upper-left|left top|left upper|left top corner|top corner left|in the upper left|in the upper left corner|in the top left corner|up in the left corner|left corner at the top": "top_left",
        "upper right hand corner|top right hand corner|top-right|upper-right|right top|right upper|right top corner|top corner right|in the upper right|in the upper right corner|in the top right corner|up in the right corner|right corner at the top": "top_right",
        "lower left hand corner|bottom left hand corner|bottom-left|lower-left|left bottom|left lower|left bottom corner|in the lower left|in the lower left corner|in the bottom left corner|left corner at the bottom": "bottom_left",
        "lower right hand corner|bottom right hand corner|bottom-right|lower-right|right bottom|right lower|right bottom corner|in the lower right|in the lower right corner|in the bottom right corner|right corner at the bottom": "bottom_right",
        "left hand side|on the left hand side|on the left side|the left edge|along the left|along the left side|down the left side": "left",
        "right hand side|on the right hand side|on the right side|the right edge|along the right|along the right side|down the right side": "right",
    },
    "PLATFORM": {"facebook page|our facebook page|fb page|the facebook page": "facebook",
        "insta reel|insta reels|ig reel|instagram reel": "reels",
        "insta story|insta stories|instagram storys|snapchat story|status": "stories",
        "tik-tok|ticktock|tick tock|titkok|tiktoks": "tiktok",
        "you tube|utube|youtube channel": "youtube",
        "insta post|ig post|insta feed": "instagram",
        "youtube short|yt short": "shorts",
    },
    "SHAPE": {
        "phone shape|phone-shaped|phone shaped|for phones|for a phone|for a phone screen|for mobile|for mobile phones|mobile format|for the phone screen|upright format|upright for phones|tall and narrow|standing|standing up|tall instead of wide|up and down format|vertical video format|portrait orientation|vertical orientation|vertically|portrait format|portrait shape": "9:16",
        "for the big tv|for the television|for television|for our tv|for my tv|tv shape|tv screen|tv size|for a tv|wide format|wide instead of tall|wide and short|landscape orientation|landscape format|horizontal orientation|horizontal format|sideways format|lying down format|computer screen": "16:9",
        "squared|quadratic|perfect square|square shape|square shaped|square-shaped|a square|as a square|equal sides": "1:1",
    },
    "RELATIVE": {"more breathing room|breathing room|room to breathe|breathing space|time to breathe|time to look|time to look at it|more room": ("length", 1.2),
        "go faster|goes faster|move faster|move along|move it along|get a move on|moves faster|move quicker|go quicker|goes quicker|play faster|quicker pace|brisker|more brisk|pacier|less slow|not so slow|speed things up|speed this thing up|speed up things|faster please|go a bit faster|pick up speed": ("speed", 1 / 1.25),
        "go slower|goes slower|move slower|play slower|slow things down|slow this thing down|slow the whole thing down|slow everything down|less fast|less rushed|not so fast|more slowly|unhurried|more leisurely|leisurely|less hurried|less hectic|go a bit slower|take more time|takes more time|take its time": ("speed", 1.25),
        "a bit of extra time|extra time|a longer look|stay longer|stays longer|be longer|last longer|lasts longer|be shown longer|be up longer|go on longer|goes on longer|stick around longer|hang around longer|for a longer time|for a bit longer|more time|a while longer|for a while longer": ("length", 1.2),
        "less time|not so long|less long|for a shorter time|cut shorter|go by faster": ("length", 1 / 1.2),
    },
    "ADJ": {
        "more punch|more pop|some punch|some pop|more vibrance|more life|livelier colors|livelier colours|stronger colors|more intense colors|more intense colours|brighter colors|brighter colours|more color in it|extra color": ("saturation", 0.2),
        "less color|less colour|paler|more muted|muted|washed-out look|less vivid|less intense colors|fewer colors|toned down colors|less colorful|less colourful": ("saturation", -0.2),
        "some light|more light|extra light|lighter in tone|less dark|not so dark|not as dark|lit up|light up|let more light in|less gloomy|less dim": ("brightness", 0.2),
        "less bright|less light|not so bright|not as bright|dimmed|moodier lighting|gloomier": ("brightness", -0.2),
        "less contrasty|less harsh|softer looking": ("contrast", -0.2),
        "more contrasty": ("contrast", 0.2),
        "less cold|less blue|less cool|not so cold|toastier|cozier color|sunnier colors|sunnier colours": ("warmth", 0.2),
        "less warm|less yellow|less orange|not so yellow|not so orange|less red": ("warmth", -0.2),
    },
    "PROP": {"darken the edges|darken the corners|darker edges|darker corners|edges darker|corners darker|shade the corners|shade the edges|shadowy edges|shadow around the edges|dark around the edges|darker around the edges|darken around the edges": "vignette"},
    "FILTER": {"polaroid style|polaroid look|like polaroids|like a polaroid": "vintage",
        "old movie look|old film look|old-movie look|old movie feel|old photo look|like an old photo|like old photos|like an old photograph|like old photographs|like an old film|like an old movie|old fashioned|old-fashioned|old time|old-time look|old style|aged|antique look": "vintage",
        "grey tones|gray tones|no color|no colour|without color|without colour|without any color|shades of grey|shades of gray|grays|greys|in grey|in gray|colorless|colourless|b/w|black and whte|balck and white|blck and white|black and wite|black&white": "black_white",
        "brownish tones|brownish tone|brownish look|brown tones|brown tone|in brown tones|brownish tones|old brown look": "sepia",
        "golden tones|golden light|golden look|golden": "warm",
    },
    "MANNER": {
        "cheery|smiley|feel-good|feelgood|bubbly|bright and happy|happy and upbeat|good mood|good vibes|joyous|sunny|light-hearted|lighthearted": _manner("energetic", "happy"),
        "soothing and calm|quiet and gentle|sleepy|lullaby|slow and gentle|slow and calm|spa like|spa-like|for relaxing|mellow and calm": _manner("calm", "calm"),
        "driving|pumping|with energy|full of energy|with a beat|with some energy|danceable|dancey|rousing|bouncy and fun|pumped up|up-tempo|uptempo|fast and fun": _manner("energetic", "upbeat"),
        "lovey-dovey|lovey dovey|love song like|for lovers|mushy|soppy|loving": _manner("romantic", "romantic", "warm"),
        "businesslike|business like|businessy|corporate style|office like|respectable": _manner("corporate", "corporate"),
        "swelling|soaring|sweeping|movie like|trailer like|big and dramatic": _manner("cinematic", "cinematic", "cinematic"),
    },
    "ANIM": {"fly in|fly in from below|flies in|fly in from the bottom|slide in from below|slides in from below|come up from below|comes up from below|rise from below|rise up|rises up|float up|float in|floats up|slide up from below|move up from below": "rise", "type itself|types itself|type itself out|types itself out|write itself|writes itself|typed out letter by letter|letter by letter|one letter at a time|character by character|typed out|typed in|written out letter by letter|being typed|as if typed|like being typed": "typewriter"},
    "TKIND": {"curtain opening|like a curtain opening|opening curtain|like curtains opening|curtains opening": "doors", "circles opening|opening circles|circle openings": "circle_open", "open like a circle|opens like a circle|open up like a circle|opening like a circle|open as a circle|opens as a circle|growing like a circle|open in a circle|opens in a circle": "circle_open", "into tiny squares|tiny squares|little squares|small squares|into squares|into little squares|into blocks|little blocks|tiny blocks|into pixels|into little pixels|big pixels|blocky": "pixelate", "out of a circle|from a circle|in a circle|opening circle|growing circle|with a circle opening|through a circle|circle opening": "circle_open", "shrinking circle|closing circle|into a circle": "circle_close", "like blinds|like window blinds|window blinds|blind effect|blinds effect": "blinds", "like a clock|clock hand|like clock hands|clock effect": "clock", "like a door|like doors|opening doors|like doors opening|like a curtain": "doors", "white flash effect|a flash of light|camera flash|white flashes": "fade_white", "push each other away|push one another away|push the other away|push the old one away|push each other out|push each other off|push each other|push one another|pushes the other out|push the next one in|pushing each other": "push"},
    "PERCENT": {"by a fifth|by one fifth": 0.2, "by a quarter|by one quarter": 0.25, "by a third|by one third": 0.333, "a quarter|one quarter": 0.25, "a quarter of the volume|quarter volume|a quarter of its volume|quarter of the volume": 0.25, "a third of the volume|a third of its volume|third of the volume|one third volume|one third of the volume": 0.333, "three quarters of the volume|three quarters volume": 0.75},
    "BLACKNESS": {"black moment|short black moment|brief black moment|moment of blackness|short black|black flash|short moment of black|brief moment of black|little black pause|short black pause|short black screen": ("out", "#000000"), "gap of black|black gap|black frame|flash of black|moment of black|blink of black|bit of black|black screen|black slide|black pause|pause of black|second of black|black break|blackness|black in": ("out", "#000000"), "flash of white|white gap|white screen|white frame|moment of white|white in": ("out", "#ffffff")},
    "SIZE_WORD": {"really big|nice and big|good and big|extra large|extra big|great big|quite big|big bold": 1.4, "teeny|teeny tiny|little tiny|really small|nice and small": 0.7},
    "INTENSITY": {"nice and slow|nice and slowly|nice and gentle|nice and easy|real slow|very slowly|ever so slowly|at a slow pace|at a gentle pace|in a slow way": 0.6},
    "BIGGER": {"half again as big|half again as large|half again bigger|one and a half times as big|one and a half times bigger|one and a half times the size": 1.5, "twice as big|twice as large|twice the size|double the size|two times bigger|double size": 2.0, "half as big|half the size|half as large": 0.5, "more readable|easier to read|more legible|easier to see|legible|readable": 1.3},
    "DUR": {"half a second": 0.5, "a couple of seconds|a couple seconds|couple of seconds|couple seconds|a couple of secs|couple of secs": 2, "a second and a half|one and a half seconds|one second and a half": 1.5},
}  # fmt: skip
