"""Where accepted answers are kept: the tables, who gets a place, and how people look at them."""
