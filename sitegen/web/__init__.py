"""What `serve` and `receive` run on: a socket, connections under limits, a server that ends cleanly."""
