"""Pictures of words: from a description of boxes to the bytes of a picture. Pillow is imported when one is drawn."""
