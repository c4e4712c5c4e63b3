"""What `fuzz_latex.py` reads: texts made at random, and what becomes of each."""
