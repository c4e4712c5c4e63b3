"""Mutants of theorems: what a person would get wrong, made by the thousand, to measure a prover with.

`slips` says what one mistake is, `formula` and `source` list those that can be made in a kernel claim and in the
Python text of a theorem, `sequence` puts them in a reproducible order, `trial` tries one, `tally` counts.
"""
