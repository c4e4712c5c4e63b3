"""Every Python block of the documents runs, and prints what the text block after it says."""

import contextlib
import io
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parents[1]


class Block(NamedTuple):
    line: int  # of the opening fence, from 1
    language: str
    text: str


def blocks(document: str) -> list[Block]:
    """The fenced blocks of a Markdown document, in order; a fence that is not closed is an error."""
    found: list[Block] = []
    opening: tuple[int, str, str, str] | None = None  # line, indentation, fence, language
    lines: list[str] = []
    for number, line in enumerate(document.splitlines(), start=1):
        fence = re.fullmatch(r"(\s*)(`{3,}|~{3,})\s*([^`]*)", line)
        if opening is None:
            if fence:
                opening = (number, *fence.groups())
                lines = []
        elif fence and fence[2].startswith(opening[2]) and not fence[3]:
            start, _, _, language = opening
            found.append(Block(start, language.strip(), "".join(f"{each}\n" for each in lines)))
            opening = None
        else:
            lines.append(line.removeprefix(opening[1]))
    assert opening is None, f"the fence in line {opening and opening[0]} is not closed"
    return found


def stable(text: str) -> str:
    """Without how many cases were tried, which depends on the time that there was"""
    return re.sub(r"all \d+ tried cases", "all so many tried cases", text)


def run(document: str, name: str) -> int:
    """Run the Python blocks of a document in one namespace; how many there were."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    fenced = blocks(document)
    unknown = [block for block in fenced if block.language.startswith("py") and block.language != "python"]
    assert unknown == [], "write ```python, so that the block runs"
    for block, following in zip(fenced, [*fenced[1:], None], strict=True):
        if block.language != "python":
            continue
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile("\n" * block.line + block.text, name, "exec"), namespace)
        if following is not None and following.language == "text":
            assert stable(printed.getvalue()) == stable(following.text), f"{name}, line {block.line}"
    return sum(block.language == "python" for block in fenced)


DOCUMENTS = ("README.md", *(f"docs/{name}.md" for name in ("first-proof", "networks", "refutation", "checking")))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_document_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = (ROOT / name).read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(document, name) > 0


def test_blocks_share_a_namespace_and_output_is_compared() -> None:
    document = "```python\nx = 1\n```\nand\n```python\nprint(x)\n```\nprints\n```text\n{}\n```\n"
    assert run(document.format(1), "two blocks") == 2
    with pytest.raises(AssertionError, match="two blocks, line 5"):
        run(document.format(2), "two blocks")


@pytest.mark.parametrize("document", ["```python\nx = 1\n", "```pycon\n>>> 1\n```\n", "``` py\n1\n```\n"])
def test_block_that_would_be_skipped_is_an_error(document: str) -> None:
    with pytest.raises(AssertionError):
        run(document, "document")
