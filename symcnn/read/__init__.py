"""LaTeX that somebody else wrote, read and checked; trusts nothing that it reads."""
