"""What whoever runs the receiver wants to know: whether it lives, whether it can store, how much it does."""
