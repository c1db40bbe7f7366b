"""The inbox on the web: `Desk` in `app.py` is the application, mounted behind whatever says who may come in."""
