"""Words into glyphs: `clusters` and `bidi` say what belongs together and in which order, `shape` which glyphs that is, and
`label` draws one line of it. Heavy.
"""
