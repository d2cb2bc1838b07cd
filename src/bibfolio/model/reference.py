"""A paper in the words of a reference list: by whom, where and when; one wording for every list."""

from __future__ import annotations

from bibfolio.model.paper import Paper


def where_and_when(paper: Paper) -> str:
    """What a reference says behind the title and the badge; empty if nothing is known."""
    facts = (*_where(paper), _status(paper), paper.note, _when(paper), _pages(paper))
    text = ", ".join(fact for fact in facts if fact)
    return f"{text}." if text and not text.endswith(".") else text


def authors_line(paper: Paper) -> str:
    """The authors with their marks, and what the marks mean."""
    names = [a.name + "".join(mark.sign for mark in a.marks) for a in paper.authors]
    line = f"{', '.join([*names, 'et al.'] if paper.et_al else names)} {paper.part}".rstrip()
    legend = "; ".join(f"{mark.sign} {mark.meaning}" for mark in paper.legend)
    return f"{line} ({legend})" if legend else line


def venue_line(paper: Paper) -> str:
    """Badge, where and when, and the award, each ending with a full stop."""
    words = (paper.badge, where_and_when(paper), paper.award)
    return " ".join(part if part.endswith(".") else f"{part}." for part in words if part)


def _where(paper: Paper) -> list[str]:
    """Name of the venue and, for journals, where in it the paper stands."""
    place = paper.venue
    if paper.is_preprint and not place.name:
        source = {"arxiv": "arXiv:"}.get(paper.eprint_type or "arxiv", f"{paper.eprint_type} ")
        number = f"{source}{paper.eprint}" if paper.eprint else ""
        return [f"{number} [{paper.eprint_class}]" if paper.eprint_class else number]
    if paper.kind == "journal":
        name = place.name
        if place.acronym and place.acronym != name:
            name = f"{name} ({place.acronym})"
        return [name, _volume(paper)]
    publisher = "" if paper.kind == "conference" else paper.publisher
    return [paper.type_note, place.name, paper.number, publisher, place.place]


def _status(paper: Paper) -> str:
    """The state of what is on its way, unless the badge says it."""
    return "" if paper.status_label == paper.badge else paper.status_label.lower()


def _pages(paper: Paper) -> str:
    """Pages behind the date, where they do not belong to a volume."""
    return f"pp. {paper.pages}" if paper.pages and paper.kind != "journal" else ""


def _volume(paper: Paper) -> str:
    """``35(9):1536–1550``."""
    issue = f"({paper.number})" if paper.number else ""
    volume = f"{paper.volume}{issue}"
    if volume and paper.pages:
        return f"{volume}:{paper.pages}"
    return volume or (f"pp. {paper.pages}" if paper.pages else "")


def _when(paper: Paper) -> str:
    """Dates of the event if there was one, else the date of publication."""
    if paper.venue.dates and not paper.is_preprint:
        return paper.venue.dates.words
    if not paper.date:
        return ""
    # The day matters for a preprint no more than for a journal: month and year.
    return paper.date.words if not paper.date.day else f"{paper.date.words.split()[0]} {paper.year}"
