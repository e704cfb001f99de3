"""Words over the picture: set with HarfBuzz, drawn once, kept as premultiplied planes and blended only inside their box.

`media.typeset` and `wrap` turn words into lines of glyphs, `layout` into a block at its place, `raster` into pixels, and
`title` into frames; `styles` is the table that says how each style looks. Heavy.
"""

from nemovideo_mcp.studio.render.text.raster import yuv
from nemovideo_mcp.studio.render.text.title import Title, titles

__all__ = ["Title", "titles", "yuv"]
