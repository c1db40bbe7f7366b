"""Forms: what one is (`description`), and everything that happens to an answer."""
