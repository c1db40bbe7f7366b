"""What the gate tells the application inside, as keys of the ASGI scope."""

# What has to come back as `_token`, and where signing out is posted ("" where nobody signs in).
TOKEN, LEAVE = "sitegen.token", "sitegen.leave"
