"""From another generator's site to one of sitegen's.

`jekyll` is the summary of an import, one verb a step; `layouts` makes Jinja of Liquid; `comparing` proves that the new
site is what the old one was.
"""
