"""The health of a built site: what is published is read as its visitors read it, and judged.

Not a part of the build. ``python -m bibfolio.doctor _build/site`` prints one page; each module here
turns what was built into problems of its own kind.
"""
