"""What a file is and how to look into it: sniff, probe, verify, contact sheet.

`errors`, `formats`, `info`, `sniff` and `workers` are light and may be imported anywhere; `fonts`, `pictures`, `probe`,
`sheet` and `verify` load the decoders and belong into worker processes.
"""
