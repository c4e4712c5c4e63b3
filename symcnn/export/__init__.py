"""From a theorem to an artefact: LaTeX, Markdown, text. It decides nothing and proves nothing."""
