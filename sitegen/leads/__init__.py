"""Where addresses lead, what is wrong with one that leads nowhere, what was meant, and where it is written."""
