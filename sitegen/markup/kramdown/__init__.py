"""kramdown's GFM dialect for Python-Markdown: one module for each kind of block and of mark.

The rules are those of gettalong/kramdown 2.4 and gettalong/kramdown-parser-gfm 1.1 (MIT licence, © Thomas Leitner),
read from `lib/kramdown/parser/`; each module names its source. Where kramdown errs for the reader it is not
followed: see `fences`, `lists.INTERRUPTS` and `tables`.
"""
