"""The receiver: the application that takes the answers."""
