"""How the tables of an inbox became what they are: a module in `versions/` for each revision.

They run inside a transaction of `schema.migrate`, on SQLite and on PostgreSQL. Receivers of the version before may
be at work meanwhile: a revision adds, and takes away only what no version before it needs any more.
"""
