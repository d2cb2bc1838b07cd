"""Identifiers of papers: what each kind is called, how it is written, and where it leads.

:data:`SCHEMES` is the one table of kinds; ``sources.identifiers`` reads the fields of an entry by
it, and everything else asks the :class:`Identifier` values of a paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Scheme:
    """A kind of identifiers."""

    #: What it is called: of an archive, its name.
    name: str
    #: How an identifier is written among words, and its address, if there is one; ``{}`` is it.
    text: str
    url: str = ""
    #: Whether it numbers the e-prints of an archive (biblatex manual, §3.14.7).
    is_archive: bool = False
    #: Whether that archive holds what has been published elsewhere, and so no preprints.
    is_of_published: bool = False


def _archive(name: str, url: str, text: str = "", *, is_of_published: bool = False) -> Scheme:
    return Scheme(name, text or f"{name} {{}}", url, True, is_of_published)


#: Kind → scheme, in the order in which they identify a paper best.
SCHEMES: dict[str, Scheme] = {
    "doi": Scheme("DOI", "doi:{}", "https://doi.org/{}"),
    "arxiv": _archive("arXiv", "https://arxiv.org/abs/{}", "arXiv:{}"),
    "biorxiv": _archive("bioRxiv", "https://doi.org/{}"),
    "medrxiv": _archive("medRxiv", "https://doi.org/{}"),
    "ssrn": _archive("SSRN", "https://ssrn.com/abstract={}"),
    "hal": _archive("HAL", "https://hal.science/{}"),
    "jstor": _archive("JSTOR", "https://www.jstor.org/stable/{}", is_of_published=True),
    "pubmed": _archive("PubMed", "https://pubmed.ncbi.nlm.nih.gov/{}/", is_of_published=True),
    "pmc": _archive("PMC", "https://pmc.ncbi.nlm.nih.gov/articles/{}/", is_of_published=True),
    "isbn": Scheme("ISBN", "ISBN {}"),
    "issn": Scheme("ISSN", "ISSN {}"),
}
#: ``eprinttype`` → the name of the archive.
ARCHIVES = {kind: scheme.name for kind, scheme in SCHEMES.items() if scheme.is_archive}
#: Kinds that readers know by their numbers, which links show where there is room.
NUMBERED = ("doi", "arxiv")


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number by which a paper is found: ``Identifier("doi", "10.1145/1")``."""

    #: Key of :data:`SCHEMES`, or an ``eprinttype`` that is not known there.
    kind: str
    #: The bare number, without what introduces it.
    value: str

    @property
    def scheme(self) -> Scheme:
        """Return the kind; of an unknown archive, one without addresses."""
        return SCHEMES.get(self.kind) or _archive(self.kind, "")

    @property
    def text(self) -> str:
        """Return how it is written among words: ``doi:10.1145/1``, ``arXiv:2504.1``, ``HAL 1``."""
        return self.scheme.text.format(self.value)

    @property
    def url(self) -> str:
        """Return the address that it stands for; an empty string if there is none."""
        return self.scheme.url.format(quote(self.value, safe="/:;()._-"))
