"""The one exception of the kernel."""


class Rejected(Exception):
    """A term, claim, proof or file that the kernel does not accept; the message says which and why."""
