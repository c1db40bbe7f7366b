"""The receiver: one application, which `receive` runs and `serve` mounts."""
