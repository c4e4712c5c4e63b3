"""`python -m symcnn.kernel FILE.json ...`: replay proofs and print the statements that were accepted.

Exit code 0 when every file is accepted, 1 when one is rejected, 2 when one cannot be read.
"""

from __future__ import annotations

import sys
from io import TextIOWrapper
from pathlib import Path

from .codec import decode
from .rejected import Rejected
from .replay import KernelTheorem, replay
from .show import show_claim


def replay_text(text: str) -> KernelTheorem:
    """The theorem in a JSON text, replayed. Raises `Rejected`, also where the text is nested too deeply."""
    try:
        return replay(*decode(text))
    except RecursionError as error:
        raise Rejected("the file is nested too deeply") from error


def main(files: list[str]) -> int:
    """Replay the files, print a statement or an error for each, and return the exit code."""
    if not files:
        print("usage: python -m symcnn.kernel FILE.json ...", file=sys.stderr)
        return 2
    code = 0
    for file in files:
        try:
            accepted = replay_text(Path(file).read_text(encoding="utf-8"))
            print(f"accepted: {file}\n{show_claim(accepted.claim)}")
        except Rejected as rejected:
            code = max(code, 1)
            print(f"rejected: {file}: {rejected}", file=sys.stderr)
        except (OSError, UnicodeDecodeError) as error:
            code = 2
            print(f"unreadable: {file}: {error}", file=sys.stderr)
    return code


if __name__ == "__main__":
    if isinstance(sys.stdout, TextIOWrapper):  # a terminal without Greek letters is no reason to fail
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(main(sys.argv[1:]))
