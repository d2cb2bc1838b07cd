"""Links that leave the site → the addresses they name, and what was found at each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urldefrag

from bibfolio.doctor.online import Answer, State
from bibfolio.doctor.origin import Sources
from bibfolio.doctor.references import Reference, is_external
from bibfolio.doctor.site import BuiltSite
from bibfolio.problems import Problem, WarningKind

_KINDS = {State.DEAD: WarningKind.EXTERNAL_LINK, State.UNSURE: WarningKind.UNSURE_LINK}


def leaving(site: BuiltSite, references: Iterable[Reference]) -> dict[str, list[Reference]]:
    """Address on another host, without fragment → where it stands; in the order of addresses."""
    found: dict[str, list[Reference]] = {}
    for reference in references:
        try:
            is_own = site.own(reference.file, reference.address) is not None
            target = site.absolute(reference.file, reference.address)
        except ValueError:  # told by links
            continue
        if not is_own and is_external(target):
            found.setdefault(urldefrag(target).url, []).append(reference)
    return dict(sorted(found.items()))


def gone(
    sources: Sources, where: Mapping[str, list[Reference]], answers: Mapping[str, Answer]
) -> Iterator[Problem]:
    """A problem for each source in which an address stands that gave no good answer."""
    for url, answer in answers.items():
        if (kind := _KINDS.get(answer.state)) is None:
            continue
        places = list(dict.fromkeys(map(sources.of_reference, where[url])))
        exact = [place for place in places if place.line]
        for place in exact or places[:1]:
            yield Problem(kind, f"{url} {answer.words}", place.line, file=place.file)
