"""Invented bibliographies, as programs and databases export them: the owner is Ann Walrus.

Their shapes are those of real exports: which fields there are, how names, keywords and addresses
are written. Nobody in them exists.
"""

from __future__ import annotations

from collections.abc import Callable

OTHERS = ("Seal, Sam", "Otter, Olga", "Tern, Tia", "Heron, Hal", "Mole, Mia")


def better_bibtex() -> str:
    """Zotero with Better BibTeX: 120 entries with 250 tags, and paths of a disk."""
    entries = []
    for number in range(120):
        tags = ", ".join(
            [f"tag {number * 2 % 250}", f"{{Tag}} {number * 2 % 250 + 1}", "/unread", "#nosource"]
        )
        owner = ("Walrus, Ann", "Walrus, A.", "Walrus, Ann Maria")[number % 3]
        entries.append(
            f"@article{{walrusPaper{number}{2000 + number % 25},\n"
            f"  title = {{Paper {number} on {{{{Ice}}}} and {{{{GPUs}}}}}},\n"
            f"  author = {{{OTHERS[number % 5]} and {owner}}},\n"
            f"  date = {{{2000 + number % 25}-{number % 12 + 1:02}}},\n"
            f"  journaltitle = {{Journal of Cold Water}},\n  shortjournal = {{J. Cold Water}},\n"
            f"  volume = {{{number}}},\n  pages = {{1--9}},\n  issn = {{0000-0000}},\n"
            f"  doi = {{10.1000/ice.{number}}},\n"
            f"  url = {{https://ice.example.org/{number}}},\n  urldate = {{2024-01-02}},\n"
            f"  langid = {{english}},\n  keywords = {{{tags}}},\n"
            f"  annotation = {{}},\n  file = {{PDF:storage/A{number}/W.pdf:application/pdf}}\n}}\n"
        )
    return "\n".join(entries)


def ads() -> str:
    """ADS: forty authors, journals as macros, keywords that are numbers."""
    crew = " and ".join(f"{{Crew{chr(65 + n % 26)}{chr(97 + n // 26)}}}, C." for n in range(39))
    return "\n".join(
        f"@ARTICLE{{20{number:02}ApJ...{number}W,\n"
        f"       author = {{{{Walrus}}, A. and {crew}}},\n"
        f'        title = "{{Ice on moon {number}}}",\n'
        f"      journal = {{\\apj}},\n"
        f"     keywords = {{Ice {number}, {number + 100}, 1234, Moons - Region {number}}},\n"
        f"         year = 20{number:02},\n        month = jan,\n       volume = {{{number}}},\n"
        f"          eid = {{{number}}},\n          doi = {{10.1000/moon.{number}}},\n"
        f"archivePrefix = {{arXiv}},\n       eprint = {{20{number:02}.0{number:04}}},\n"
        f" primaryClass = {{astro-ph.EP}},\n"
        f"       adsurl = {{https://ads.example.org/abs/20{number:02}}},\n"
        f"      adsnote = {{Provided by the invented data system}}\n}}\n"
        for number in range(10, 18)
    )


def ieee() -> str:
    """IEEE Xplore: initials, keywords behind semicolons, empty fields."""
    return "\n".join(
        f"@INPROCEEDINGS{{{9000000 + number},\n"
        f"  author={{Seal, S. and Walrus, A. M. and Otter, O.}},\n"
        f"  booktitle={{2024 International Conference on Floes (FLOES)}}, \n"
        f"  title={{Control of Floes in Part {number}}}, \n"
        f"  year={{2024}},\n  volume={{}},\n  number={{}},\n  pages={{{number}-{number + 7}}},\n"
        f"  keywords={{Ice;Floes;Control theory;Motion {number};Sensors {number}}},\n"
        f"  doi={{10.1000/FLOES.2024.{number}}}}}\n"
        for number in range(1, 13)
    )


def google_scholar() -> str:
    """Google Scholar: no address at all, arXiv as a journal, names cut short."""
    return (
        "@article{walrus2019floes,\n  title={Floes},\n"
        "  author={Walrus, Ann and Seal, Sam and others},\n"
        "  journal={arXiv preprint arXiv:1901.01234},\n  year={2019}\n}\n\n"
        "@inproceedings{walrus2020ice,\n  title={Ice},\n  author={Walrus, A and Otter, O},\n"
        "  booktitle={Proceedings of the Cold Conference},\n  pages={1--9},\n  year={2020}\n}\n\n"
        "@phdthesis{walrus2021cold,\n  title={On Cold Water},\n  author={Walrus, Ann Maria},\n"
        "  year={2021},\n  school={University of the North}\n}\n"
    )


def dblp() -> str:
    """DBLP: keys with slashes, two entries of one paper, addresses in ``url`` and ``biburl``."""
    common = "  timestamp    = {Mon, 01 Jan 2024 00:00:00 +0100},\n  bibsource    = {DBLP}\n}\n\n"
    return (
        "@inproceedings{DBLP:conf/cold/WalrusS22,\n"
        "  author       = {Ann Walrus and\n                  Sam Seal},\n"
        "  editor       = {Olga Otter},\n  title        = {Floes in {C++}},\n"
        "  booktitle    = {Cold Conference, {COLD} 2022, Northtown, May 1-3, 2022},\n"
        "  pages        = {1--9},\n  publisher    = {Ice Press},\n  year         = {2022},\n"
        "  url          = {https://doi.org/10.1000/cold.22},\n  doi          = {10.1000/COLD.22},\n"
        f"  biburl       = {{https://dblp.example.org/rec/a.bib}},\n{common}"
        "@article{DBLP:journals/corr/abs-2201-01234,\n"
        "  author       = {Ann Walrus and\n                  Tia Tern},\n"
        "  title        = {Water},\n  journal      = {CoRR},\n  volume       = {abs/2201.01234},\n"
        "  year         = {2022},\n  url          = {https://arxiv.org/abs/2201.01234},\n"
        "  eprinttype    = {arXiv},\n  eprint       = {2201.01234},\n"
        f"  biburl       = {{https://dblp.example.org/rec/b.bib}},\n{common}"
    )


def al_folio() -> str:
    """The file of an al-folio site: fields for every button, marks in names, a front matter."""
    return (
        "---\n---\n\n@string{cold = {Cold Conference,}}\n\n"
        "@inproceedings{walrus2023floes,\n  abbr={COLD},\n  bibtex_show={true},\n"
        "  title={Floes That Float},\n  author={Walrus*, Ann and Seal*, Sam and Otter, Olga},\n"
        "  booktitle=cold,\n  year={2023},\n  selected={true},\n  preview={floes.gif},\n"
        "  html={https://cold.example.org/floes},\n  pdf={https://cold.example.org/floes.pdf},\n"
        "  url_code={https://code.example.org/floes},\n  website={https://floes.example.org},\n"
        "  slides={https://cold.example.org/slides.pdf},\n"
        "  poster={https://cold.example.org/poster.pdf},\n"
        "  video={https://video.example.org/floes},\n  blog={https://blog.example.org/floes},\n"
        "  supp={https://cold.example.org/supplement.pdf},\n"
        "  annotation={* Equal contribution},\n  award={It won.},\n  award_name={Best Paper},\n"
        "  abbr2={ICE},\n  dimensions={true},\n  altmetric={12345}\n}\n\n"
        "@article{walrus2024water,\n  abbr={preprint},\n  title={Water},\n"
        "  author={Ann Walrus and Mia Mole},\n  year={2024},\n  arxiv={2401.01234},\n"
        "  additional_info={. More *words* about it},\n  bibtex_show={true}\n}\n"
    )


LIBRARIES: dict[str, Callable[[], str]] = {
    function.__name__: function
    for function in (better_bibtex, ads, ieee, google_scholar, dblp, al_folio)
}
