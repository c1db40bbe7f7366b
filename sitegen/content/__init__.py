"""From the disk to the model: sources, front matter, posts, pages, data files."""
