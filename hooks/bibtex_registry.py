"""What mkdocs-bibtex asks when it meets a citation, answered from the guide's one pandoc run."""

from guide.citations import parse_block
from guide.site import Site
from mkdocs_bibtex.citation import Citation, CitationBlock, InlineReference
from mkdocs_bibtex.registry import ReferenceRegistry


class GuideRegistry(ReferenceRegistry):  # type: ignore[misc]
    """A registry that knows the whole site; the plugin's own would run pandoc once a page."""

    def __init__(self, site: Site) -> None:
        super().__init__(bib_files=[])
        self.site = site

    def validate_citation_blocks(self, citation_blocks: list[CitationBlock]) -> None:
        """Nothing to do: the check of the data has seen them all."""

    def validate_inline_references(self, inline_references: list[InlineReference]) -> set[InlineReference]:
        """None: the guide has no citations outside brackets."""
        return set()

    def inline_text(self, citation_block: CitationBlock) -> str:
        """The citation as the guide writes it."""
        return self.site.citation(parse_block(citation_block.raw))

    def reference_text(self, citation: Citation | InlineReference) -> str:
        """The full reference of a key."""
        return self.site.renderer.formatted.references[citation.key]
