"""The table of words, last part: those of whole, careful sentences, as a host's model writes them for its user. Only data.

These win over the words of `idioms`; the turns are in `plainly`.
"""

from typing import Any

ENGLISH: dict[str, str] = {
    "NOISE": "ensure|ensure that|ensure the|please ensure|make sure|make sure that|make sure the|be sure to|be sure that|be sure|current|"
    "currently|existing|respectively|overall|the user wants to|the user wants|the user would like to|the user would like|user wants|"
    "user wants to|in total|suitable|suited|appropriate|accordingly|as well|throughout|visible|clearly|smoothly|seamlessly|consistently|"
    "follow up|follow-up|as a follow-up|the usual|usual|the user uploaded|the user has uploaded|that the user uploaded|uploaded by the user|based on the user's feedback|based on user feedback|as requested|as the user requested|per the user's request|as it is now|than it is now|as it currently is|as they are now|than now|from cut to cut|as follows|like this|in the following order|uniformly|evenly|individually|resulting|final video|for an equal amount of time|for the same amount of time|for an equal time|always visible",
    "PURPOSE": "so that|such that|in order that|in such a way that",
    "STEP": "edits|adjustments|modifications|updates|alterations|edit|instructions",
    "LESS": "lowered|decreased|reduced|turned down|lessened",
    "MORE": "raised|increased|boosted|turned up",
    "WIDTH": "of the frame's width|of frame width|of the video width|of the screen width|of the image width|of the video's width",
    "OWN": "its|their|whose",
    "ALL_CUTS": "between each pair of photos|between each pair of images|between every pair of photos|between every pair of images|between each pair of pictures|"
    "between consecutive photos|between consecutive images|between successive photos|between adjacent photos|between neighbouring photos",
    "RENAME": "rewrite|reword|rephrase",
    "RESAY": "should now read|now reads|now says|to now read|should instead read|should instead say",
    "BACK_BEFORE": "restore the slideshow to how it was before|restore it to how it was before|go back to how it was before|restore the video to how it was before|"
    "return to how it was before|back to how it was before|revert to how it was before|restore the state before|go back to the state before|revert to the state before|"
    "return to the state before|restore the video to the state before|restore the slideshow to the state before",
    "WHO": "which should|which should get|which should be|which gets|which is|which will|which needs|which should have|which must be|who should",
    "ALLTEXTS": "all on screen text|all on-screen text|both texts|both titles|both text overlays|all text overlays|all overlays|every text overlay|all of the text|all texts on screen",
    "LENGTH": "the total|target runtime|target length|target duration|runtime|run time|running time|total runtime|overall length|overall duration|video length|total video length|the time on|time on|"
    "durations|display durations|time on screen|screen time|on-screen time|on screen duration|display duration",
    "BETWEENS": "photos in between|the photos in between|all the photos in between|images in between|all images in between|ones in between|everything in between|"
    "all photos in between|the images in between|the ones in between|photos between them|images between them|pictures in between|all pictures in between",
    "REST": "that are left|that remain|which remain|photos that are left|images that are left|images that remain|ones that remain|ones that are left|remaining ones|remaining images|"
    "remaining photos|remaining pictures|remaining clips|three that are left|two that are left|four that are left|remaining three|remaining two|remaining four|other four|other three|other two",
    "COMES": "becomes|become|ends up",
    "DUPLICATE": "another copy of|a copy of|a second copy of|one more copy of",
    "DESCENDING": "z to a|z-a|from z to a",
    "ASCENDING": "a to z|a-z|from a to z",
    "BOTH": "both|both of them|both of these|both of the",
    "BESIDE": "side by side in one frame|side by side in a single frame|side by side on one screen|side by side in the same frame|next to each other in one frame|side by side on screen",
    "TITLE": "title overlays|title overlay|text overlay|overlay text|title text|on screen text|on-screen text|text layer|heading|headline",
    "SHOW": "held|hold|is held|be held|stays|remains|is on screen|remain visible|remains visible|is visible|is shown|are shown|is displayed|are displayed|remain on screen|"
    "stay on the screen|appears on screen|be on screen|is used|are used|is kept|are kept",
    "UNCHANGED": "at its full length|at full length|at its original length|at its own length|at their original length|in its original length|as they currently are|untouched|as before",
    "BEATS": "align the cuts to the beat|align the cuts with the beat|align cuts to the beat|align cuts with the beat|match the cuts to the beat|match cuts to the beat|"
    "time the cuts to the beat|sync cuts to the beat|sync the cuts with the beat|sync cuts with the beat|synchronize the cuts with the beat|synchronize the cuts to the beat|"
    "synchronize cuts with the beat|synchronize cuts to the beat|sync the cuts with the music|sync the cuts to the music|synchronize the cuts with the music|"
    "align the cuts with the music|align the transitions with the beat|sync the transitions to the beat|sync the transitions with the beat|time the transitions to the beat|"
    "match the transitions to the beat|sync the photo changes to the beat",
    "CONTAIN": "full image is visible|entire image is visible|whole image is visible|full photo is visible|entire photo is visible|whole photo is visible|"
    "full image is always visible|entire image is always visible|whole image is always visible|full image remains visible|entire image remains visible|"
    "whole image remains visible|the full image stays visible|full picture is visible|nothing gets cropped|nothing is cropped|no part is cropped|no cropping occurs|"
    "avoid cropping|without any cropping|uncropped|nobody's head is cut off|no heads are cut off|no one's head is cut off|heads are not cut off|faces are not cut off|"
    "no faces are cut off|are fully visible|is fully visible|are shown in full|is shown in full|are shown completely|remain fully visible",
    "FILL": "filling the screen|filling the frame|fill the screen edge to edge|filling the whole frame|filling the entire frame|fill the entire canvas|fill the canvas|"
    "focusing on the faces|focusing on faces|focused on the faces|with faces in view|keeping the faces in view|keeping faces in view|cover the frame|cover the entire frame",
    "VARIED": "vary|vary the|varying",
    "SPEED": "pacing|overall pace|overall pacing|tempo of the video|playback speed",
    "SHUFFLE": "random order|into a random order|in a random order|in random order|randomly",
    "BYDATE": "by the date they were taken|by the date taken|by date taken|by date they were taken|by the dates they were taken|by capture date|by their capture date|"
    "by their date|in the order they were taken|in the order in which they were taken|chronologically|in chronological order|chronological order",
    "NAME": "by file name|by their file names|by their file name|by filename|by filenames|by the file name",
    "VERSION": "project to version|video to version|timeline to version|edit to version",
    "MATCHED": "including matching music|with matching music|including music|and matching music|with music to match|with fitting music|with suitable music|with its matching music|with its music|with the matching music|with its own music|with accompanying music|including fitting music",
    "FRAME_WORD": "inside the frame|within the frame|inside frame",
    "MOTION": "motion effects|motion effect|movement effects|movement effect|animation effects|camera effects|motion animations",
}
CHINESE: dict[str, str] = {}
VALUES: dict[str, dict[str, Any]] = {
    "PLACE": {
        "to the bottom centre|at the bottom centre|in the bottom centre|bottom centre|to the lower center|lower center|lower centre|bottom middle": "bottom",
        "to the top centre|at the top centre|in the top centre|top centre|upper center|upper centre|top middle|in the upper third|to the upper third|upper third": "top",
        "in the centre|to the centre|at the centre|centre|in the middle of the frame|in the center of the frame|centred|center aligned": "center",
    },
    "TKIND": {
        "diamond opening|opening diamond|diamond-opening": "diamond_open",
        "circle opening|opening circle|circle-opening|iris|iris in|circular opening": "circle_open",
    },
}
