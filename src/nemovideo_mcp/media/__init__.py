"""What a file is and how to look into it: sniff, probe, verify, contact sheet.

`errors`, `formats`, `info`, `presets`, `sniff` and `workers` are light and may be imported anywhere; all others load decoders or
fonts and belong into worker processes. `light` and `codepoints` know what a picture's numbers mean, `typeset` how words are set.
"""
