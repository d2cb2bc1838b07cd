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
    #: Whether everybody can read there what it numbers.
    is_open: bool = False


def _archive(
    name: str, url: str, text: str = "", *, is_of_published: bool = False, is_open: bool = False
) -> Scheme:
    return Scheme(name, text or f"{name} {{}}", url, True, is_of_published, is_open)


#: Kind → scheme, in the order in which they identify a paper best.
SCHEMES: dict[str, Scheme] = {
    "doi": Scheme("DOI", "doi:{}", "https://doi.org/{}"),
    "arxiv": _archive("arXiv", "https://arxiv.org/abs/{}", "arXiv:{}", is_open=True),
    "biorxiv": _archive("bioRxiv", "https://doi.org/{}", is_open=True),
    "medrxiv": _archive("medRxiv", "https://doi.org/{}", is_open=True),
    "ssrn": _archive("SSRN", "https://ssrn.com/abstract={}"),
    "hal": _archive("HAL", "https://hal.science/{}", is_open=True),
    "jstor": _archive("JSTOR", "https://www.jstor.org/stable/{}", is_of_published=True),
    "pubmed": _archive("PubMed", "https://pubmed.ncbi.nlm.nih.gov/{}/", is_of_published=True),
    "pmc": _archive(
        "PMC", "https://pmc.ncbi.nlm.nih.gov/articles/{}/", is_of_published=True, is_open=True
    ),
    "isbn": Scheme("ISBN", "ISBN {}"),
    "issn": Scheme("ISSN", "ISSN {}"),
}
#: ``eprinttype`` → the name of the archive.
ARCHIVES = {kind: scheme.name for kind, scheme in SCHEMES.items() if scheme.is_archive}
#: Kinds that readers know by their numbers, which links show where there is room.
NUMBERED = ("doi", "arxiv")
#: The first part of a DOI, which belongs to who registered it → what readers call them.
REGISTRANTS = {
    "10.1001": "JAMA",
    "10.1002": "Wiley",
    "10.1007": "Springer",
    "10.1016": "Elsevier",
    "10.1017": "Cambridge",
    "10.1021": "ACS",
    "10.1038": "Nature",
    "10.1039": "RSC",
    "10.1056": "NEJM",
    "10.1063": "AIP",
    "10.1073": "PNAS",
    "10.1080": "Taylor & Francis",
    "10.1086": "Chicago",
    "10.1088": "IOP",
    "10.1090": "AMS",
    "10.1093": "Oxford",
    "10.1101": "Cold Spring Harbor",
    "10.1103": "APS",
    "10.1109": "IEEE",
    "10.1111": "Wiley",
    "10.1126": "Science",
    "10.1136": "BMJ",
    "10.1137": "SIAM",
    "10.1145": "ACM",
    "10.1146": "Annual Reviews",
    "10.1162": "MIT Press",
    "10.1177": "SAGE",
    "10.1186": "BioMed Central",
    "10.1287": "INFORMS",
    "10.1371": "PLOS",
    "10.1515": "De Gruyter",
    "10.1561": "now",
    "10.1609": "AAAI",
    "10.14778": "VLDB",
    "10.18653": "ACL",
    "10.3389": "Frontiers",
    "10.3390": "MDPI",
    "10.4230": "Dagstuhl",
    "10.48550": "arXiv",
    "10.5281": "Zenodo",
    "10.7554": "eLife",
}


def registrant(doi: str) -> str:
    """Return who registered a DOI, as readers call them; an empty string if that is not known."""
    return REGISTRANTS.get(doi.partition("/")[0], "")


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
