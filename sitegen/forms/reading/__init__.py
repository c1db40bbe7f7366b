"""Forms as authors write them: front matter and configuration become a frozen `Form`, or problems at their lines."""
