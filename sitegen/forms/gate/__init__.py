"""Who may see the inbox on the web: an ASGI application round another.

passwords    hashes of passwords, made and checked
keys         what opens, from the environment; or that the server is open to this computer
sessions     who has signed in, as a signed cookie
cookies      how that cookie is set, over HTTP and HTTPS
asking       a request, as the gate sees it
entrance     signing in and out
app          the gate itself
pages        what it shows
"""
