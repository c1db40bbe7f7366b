"""Who is asking, how often, from where, and whether a person wrote it. No input or output; time comes in."""
