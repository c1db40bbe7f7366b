"""The protocol: what a request says, and how it is answered. Nothing here knows a database or a site."""
