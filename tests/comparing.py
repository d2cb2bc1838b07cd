"""What is wrong with what a site says of its papers, form by form, for those who read it.

Expectations come from entries as pybtex reads them and from the tables of docs/forms.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import feedparser
import pybtex.database
import rispy

from tests import readers
from tests.output import Output, text_of
from tests.readers import FORMS, LANGUAGES, PEOPLE, WORDS, Entry, folded, iso, plain
from tests.reading import csl_problems, highwire, json_ld

#: Fields of which a place may say more than this field, such as the title with its subtitle.
PARTS = set(
    "title subtitle journaltitle journalsubtitle booktitle booksubtitle note addendum "
    "howpublished abstract annotation eprint pmid pmcid series".split()
)
DATES = {"date", "eventdate", "origdate", "urldate"}


# -- one field of one entry in one form -----------------------------------------------------------


def wanted(entry: Entry, field: str, form: str, place: str) -> list[str]:
    """What a form should say of a field in one place, as folded text."""
    if field in PEOPLE:
        return [folded(name) for name in people(entry, field, form)]
    if field in DATES:
        return [date for date in [when(entry, field, place)] if date]
    if field in {"pages", "eid"}:
        first, last = entry.pages
        ends = {"SP": first, "citation_firstpage": first, "pageStart": first}
        ends |= {"EP": last, "citation_lastpage": last, "pageEnd": last}
        return [folded(ends[place]) if place in ends else folded(entry.text(field))]
    if field == "keywords":
        words = entry.keywords if form != "CSL-JSON" else [", ".join(entry.keywords)]
        return [folded(word) for word in words]
    if field == "doi":
        return [entry.doi]
    if field == "url":
        return [entry.raw["url"]]
    if field in {"type", "pubstate"}:
        return [folded(WORDS.get(entry.raw[field], entry.text(field))).lower()]
    if field == "location":
        return [folded(WORDS.get(entry.raw[field], entry.text(field)))]
    if field in {"language", "langid"}:
        return [LANGUAGES[entry.raw[field]]]
    return [folded(entry.text(field))]


def people(entry: Entry, field: str, form: str) -> list[str]:
    names, others = entry.people[field], ["others"] if field in entry.others else []
    if form == "RIS":
        return [*(name.inverted for name in names), *others]
    if form == "CSL-JSON" and field != "holder":
        parts = [*(name.csl for name in names), *({"literal": word} for word in others)]
        return [json.dumps(name, ensure_ascii=False, sort_keys=True) for name in parts]
    return [name.direct for name in names]


def when(entry: Entry, field: str, place: str) -> str:
    """A date as RIS, CSL-JSON, Google Scholar and schema.org write it."""
    found = entry.dates if field == "date" else readers.dates(entry.raw[field])
    start, end = found[0], found[-1]
    if place == "PY":
        return str(start[0])
    if place == "DA" and len(start) == 1:  # the year alone is in PY
        return ""
    if place in {"DA", "Y2"}:
        return "/".join([*iso(start, "/").split("/"), *[""] * (4 - len(start))])
    if place == "citation_publication_date":
        return iso(start, "/")
    if place.endswith(("startDate", "endDate")):
        return iso(start if place.endswith("startDate") else end)
    if place == "datePublished":
        return iso(start)
    if place == "dateModified":
        return iso(end) if found[1:] else ""
    return json.dumps({"date-parts": [list(date) for date in found]})


def differs(entry: Entry, field: str, want: list[str], have: list[Any]) -> bool:
    """Whether a place does not say what it should; an end page that is none must not be there."""
    texts = [
        v if isinstance(v, str) else json.dumps(v, ensure_ascii=False, sort_keys=True) for v in have
    ]
    if field in {"type", "pubstate"}:
        texts = [text.lower() for text in texts]
    if field in {"language", "langid"}:
        texts = [text[:2].lower() for text in texts]
    if field not in {"doi", "url", *DATES}:
        texts = [folded(text) for text in texts]
    want = [word for word in want if word]
    if field in PARTS or field in {"keywords", "url"}:
        return not all(any(word in text for text in texts) for word in want)
    if field in {"pages", "eid"} and want and want[0] not in texts:
        # From the first to the last, where there are gaps between.
        return folded("-".join(filter(None, entry.pages))) not in texts
    return texts != want


def wrong(entry: Entry, form: str, values: Any) -> list[str]:
    """What a form says otherwise than the entry, or of nothing; *values* reads a place of it."""
    found, said = [], set()
    for field in entry.fields:
        if field == "doi" and not entry.doi:
            continue
        spots = readers.places(entry, field)[form]
        said |= {*spots.names}
        lines = [
            f"{field}: {place} says {have!r}, not {want!r}"
            for place in spots.names
            for want, have in [(wanted(entry, field, form, place), values(place))]
            if differs(entry, field, want, have)
        ]
        found += lines if spots.all_of_them or len(lines) == len(spots.names) else []
    for place in sorted(all_places(form) - said):
        if (have := values(place)) and not is_derived(entry, place, have):
            found.append(f"{place} says {have!r} of nothing")
    return found


def all_places(form: str) -> set[str]:
    column = 2 + FORMS.index(form)
    return {name for row in readers.table("fields") for name in readers.names_in(row[column])}


def of_type(entry: Entry, form: str, type_: str) -> list[str]:
    right = readers.types(entry)[form]
    return [] if type_ in right else [f"type: {type_}, not {' or '.join(right)}"]


def is_derived(entry: Entry, place: str, said: list[Any]) -> bool:
    """Whether a place may say something that follows from the entry without a field of its own."""
    is_special = entry.written_type in WORDS or entry.type == "patent"
    allowed = {
        # A paper at an archive and its number there; a thesis by its type; where the paper is, by
        # its DOI or e-print.
        **dict.fromkeys("isPartOf/name container-title T2 PB publisher".split(), entry.is_preprint),
        "number": entry.is_preprint,
        **dict.fromkeys(("genre", "M3"), is_special),
        "UR": bool(entry.doi or "eprint" in entry.raw),
        "sameAs": bool(entry.doi or "eprint" in entry.raw or "url" in entry.raw),
        "creativeWorkStatus": "Published" in said or entry.type == "unpublished",
        **dict.fromkeys("citation_title title TI name".split(), "title" not in entry.raw),
    }
    return allowed.get(place, False)


# -- all forms of a site ---------------------------------------------------------------------------

#: Fields that a reader has to find on the page of the paper, before what is there to copy.
SHOWN = (
    "title subtitle journaltitle booktitle eventtitle series edition publisher institution "
    "organization howpublished version volume number issue pages eid note abstract holder"
).split()
#: Archive → what its addresses have.
HOSTS = {"hal": "hal.", "pubmed": "ncbi.nlm.nih.gov", "jstor": "jstor.org", "arxiv": "arxiv.org"}
#: Entries that stand alone name no others.
INHERITING = {"crossref", "xdata"}
#: A feed holds the newest.
NEWEST = 100


@dataclass
class Said:
    """What a site says; each method looks at one form and returns what is wrong with it."""

    built: Output
    entries: dict[str, Entry]
    #: The address of the site, and its owner.
    address: str
    owner: str

    @cached_property
    def pages(self) -> dict[str, str]:
        """Key → name of the paper's page; the key as the file beside it has it."""
        files = sorted((self.built.out / "papers").glob("*.json"))
        return {json.loads(p.read_text("utf-8"))[0]["id"]: f"papers/{p.stem}" for p in files}

    def _each(self, form: str, of: dict[str, Any]) -> Iterator[tuple[Entry, str, Any]]:
        assert sorted(of) == sorted(self.entries), form
        yield from ((entry, f"{key}: ", of[key]) for key, entry in self.entries.items())

    # -- for programs ------------------------------------------------------------------------------

    def ris(self) -> list[str]:
        """As rispy reads it."""
        records = {r["id"]: r for r in rispy.loads(self.built.text("publications.ris"))}
        found = []
        for entry, key, record in self._each("RIS", records):

            def values(tag: str, record: Any = record) -> list[str]:
                # Beside where the paper is elsewhere stands its page on this site.
                said = readers.ris_values(record, tag)
                return [v for v in said if not v.startswith(self.address)] if tag == "UR" else said

            found += [key + line for line in of_type(entry, "RIS", record["type_of_reference"])]
            found += [key + line for line in wrong(entry, "RIS", values)]
        return found

    def csl(self) -> list[str]:
        """As its schema and programs have it."""
        items = {item["id"]: item for item in json.loads(self.built.text("publications.json"))}
        found = []
        for entry, key, item in self._each("CSL-JSON", items):

            def values(name: str, item: Any = item) -> list[Any]:
                value = item.get(name, [])
                # No address but this page's is as good as none.
                is_page = name == "URL" and value and value.startswith(self.address)
                return [] if is_page else readers.as_list(value)

            lines = csl_problems(item) + of_type(entry, "CSL-JSON", item["type"])
            found += [key + line for line in lines + wrong(entry, "CSL-JSON", values)]
        return found

    def tags(self) -> list[str]:
        """As Google Scholar reads it."""
        found = []
        for entry, key, page in self._each("citation tags", self.pages):
            tags = highwire(self.built.soup(page))

            def values(name: str, tags: Any = tags) -> list[str]:
                return [content for tag, content in tags if tag == name]

            found += [key + line for line in wrong(entry, "citation tags", values)]
        return found

    def things(self) -> list[str]:
        """As extruct reads JSON-LD."""
        found = []
        for entry, key, page in self._each("schema.org", self.pages):
            things = json_ld(self.built.page(page).read_text(encoding="utf-8")).values()
            (thing,) = (t for t in things if t.get("@id") == f"{self.address}{page}/")

            def values(path: str, thing: Any = thing) -> list[Any]:
                return readers.thing_values(thing, path)

            lines = of_type(entry, "schema.org", thing["@type"])
            lines += wrong(entry, "schema.org", values)
            kinds = {person["name"]: person["@type"] for person in values("author")}
            lines += [
                f"{name.direct} is no Person"
                for name in entry.people.get("author", [])
                if name.is_organisation and kinds[name.direct] != "Organization"
            ]
            found += [key + line for line in lines]
        return found

    def bibtex(self) -> list[str]:
        """As pybtex reads it back: the same type, people and values; what others lend is there.

        Readers that know no biblatex find year, month and journal.
        """
        text = self.built.text("publications.bib")
        read = dict(pybtex.database.parse_string(text, "bibtex").entries)
        found = []
        for entry, key, back in self._each("BibTeX", read):
            source = entry.source
            people = {role: list(map(str, people)) for role, people in back.persons.items()}
            wanted = {role: list(map(str, people)) for role, people in source.persons.items()}
            # `@conference` is the same as `@inproceedings` (btxdoc, §3.1), and known less.
            is_same = back.type == source.type.replace("conference", "inproceedings")
            lines = [] if is_same else [f"@{back.type}"]
            lines += [f"{r}: {people.get(r)}" for r in wanted if people.get(r) != wanted[r]]
            lines += [f"{r}: {people[r]}" for r in people if r not in entry.people]
            fields = _raw(back.fields)
            lines += _unlike_source(entry, _raw(source.fields), dict(fields))
            lines += _unlike_older(entry, fields)
            if self.built.text(f"{self.pages[entry.key]}.bib") not in text:
                lines.append("its own file says something else")
            found += [key + line for line in lines]
        return found

    # -- for subscribers ---------------------------------------------------------------------------

    def atom(self) -> list[str]:
        """As feedparser reads it."""
        feed = feedparser.parse(self.built.files["feed.xml"])
        dates = [moment(entry) for entry in self.entries.values() if entry.dates]
        found = ["it is ill-formed"] if feed.bozo else []
        found += [] if feed.feed.updated == max(dates) else [f"updated {feed.feed.updated}"]
        for item, entry in self._items(feed.entries, "link"):
            # RFC 4287, 4.1.2: without an author of its own, an entry is by the feed's.
            people = item.get("authors") or feed.feed.get("authors", [])
            date = moment(entry) if entry.dates else ""
            lines = [
                *self._misattributed(entry, [person.get("name", "") for person in people]),
                *_unlike("title", item.title, entry.title),
                *_unlike("summary", item.summary, in_short(entry)),
                *_unlike("updated", item.updated, date or max(dates)),
                *_unlike("published", item.get("published", ""), date),
            ]
            found += [f"{entry.key}: {line}" for line in lines]
        return found

    def json_feed(self) -> list[str]:
        """https://www.jsonfeed.org/version/1.1/."""
        feed = json.loads(self.built.text("feed.json"))
        found = _unlike("version", feed["version"], "https://jsonfeed.org/version/1.1")
        found += _unlike("feed_url", feed["feed_url"], f"{self.address}feed.json")
        for item, entry in self._items(feed["items"], "url"):
            # Without authors of its own, an item is by the feed's.
            people = item.get("authors") or feed["authors"]
            date = moment(entry) if entry.dates else ""
            lines = [
                *self._misattributed(entry, [person["name"] for person in people]),
                *_unlike("title", item.get("title", ""), entry.title),
                *_unlike("summary", item["content_text"], in_short(entry)),
                *_unlike("date", item.get("date_published", ""), date),
                *_unlike("tags", ", ".join(item.get("tags", [])), ", ".join(entry.keywords)),
            ]
            found += [f"{entry.key}: {line}" for line in lines]
        return found

    def _items(self, items: list[Any], link: str) -> Iterator[tuple[Any, Entry]]:
        """The items of a feed, with their entries."""
        keys = {f"{self.address}{page}/": key for key, page in self.pages.items()}
        assert len({item["id"] for item in items}) == min(len(self.entries), NEWEST) == len(items)
        for item in items:
            yield item, self.entries[keys[item[link]]]

    def _misattributed(self, entry: Entry, names: list[str]) -> list[str]:
        """A feed says of no one's paper that nobody wrote it, not the owner."""
        right = [name.direct for name in entry.people.get("author", [])]
        right = right or [f"{name.direct} (editor)" for name in entry.people.get("editor", [])]
        have = list(map(folded, names))
        is_right = have == list(map(folded, right)) if right else have != [folded(self.owner)]
        return [] if is_right else [f"by {names}, not {right}"]

    # -- for people --------------------------------------------------------------------------------

    def words(self) -> list[str]:
        """The page of each paper, without what is there to be copied."""
        found = []
        for entry, key, page in self._each("pages", self.pages):
            main = self.built.main(page)
            for part in main.find_all(["annotation", "pre", "script", "style"]):
                part.decompose()
            said = text_of(main).partition("How to cite")[0]
            found += [key + line for line in _missing(entry, said)]
        return found

    def links(self) -> list[str]:
        """Where the page of each paper leads."""
        found = []
        for entry, key, page in self._each("pages", self.pages):
            links = [a["href"] for a in self.built.main(page).find_all("a", href=True)]
            wanted = [entry.raw["url"]] if "url" in entry.raw else []
            wanted += [f"https://doi.org/{entry.doi}"] if entry.doi else []
            lines = [address for address in wanted if address not in links]
            if kind := entry.raw.get("eprinttype", "").lower():
                host, number = HOSTS[kind], entry.raw["eprint"]
                lines += [] if any(host in a and number in a for a in links) else [number]
            if not entry.doi:
                lines += [address for address in links if "//doi.org" in address]
            found += [key + line for line in lines]
        return found


def moment(entry: Entry) -> str:
    """The first moment of its date."""
    year, month, day = (*entry.dates[0], 1, 1)[:3]
    return f"{iso((year, month, day))}T00:00:00Z"


def in_short(entry: Entry) -> str:
    """What a feed says of a paper, in plain language if it can."""
    return plain(entry.raw.get("annotation") or entry.raw.get("abstract", ""))


def _unlike(field: str, have: str, want: str) -> list[str]:
    """What is wrong with a value; a title and a summary are made up where the entry has none."""
    is_right = folded(have) == folded(want) or (not want and field in {"title", "summary"} and have)
    return [] if is_right else [f"{field} {have!r}, not {want!r}"]


def _raw(fields: Any) -> dict[str, str]:
    return {name.lower(): " ".join(value.split()) for name, value in fields.items()}


def _unlike_source(entry: Entry, source: dict[str, str], fields: dict[str, str]) -> list[str]:
    """Fields that the file has otherwise, or not at all, or of nothing."""
    found = [f"{name} is this site's" for name in fields if name in readers.OWN_FIELDS]
    for name, value in source.items():
        if name in readers.OWN_FIELDS | INHERITING:
            continue
        have = fields.pop(name, "")
        if name == "doi":
            is_right = entry.doi in have if entry.doi else not have
        elif name == "keywords":
            is_right = have.split(", ") == entry.keywords
        else:  # `sep` is the abbreviation of itself
            is_right = bool(have) if name == "month" else have == value
        found += [] if is_right else [f"{name}: {have!r}, not {value!r}"]
    for name, value in fields.items():
        is_known = value == entry.raw.get(readers.ALIASES.get(name, name))
        is_date = name in {"year", "month"} and entry.dates
        found += (
            [] if is_known or is_date or name in INHERITING else [f"{name}: {value!r} of nothing"]
        )
    return found


def _unlike_older(entry: Entry, fields: dict[str, str]) -> list[str]:
    """What readers of BibTeX that know no biblatex do not find."""
    start = (*entry.dates[0], 0)[:2] if entry.dates else (0, 0)
    month = fields.get("month", "").strip("{}").lower()
    number = int(month) if month.isdecimal() else (*readers.MONTHS, "").index(month[:3]) + 1
    date = (int(fields.get("year", 0)), number if month else 0)
    found = [] if date == start else [f"of {date}, not {start}"]
    older = {"journaltitle": "journal", "location": "address"}
    older |= {"institution": "school"} if "thesis" in entry.written_type else {}
    return found + [
        f"{name}: {fields.get(name)!r}"
        for field, name in older.items()
        if field in entry.raw and fields.get(name) != entry.raw[field]
    ]


def _missing(entry: Entry, said: str) -> list[str]:
    """What the page of a paper does not say, or should not."""
    words = re.sub("[*†]", "", folded(said))
    silent = {
        # The conference stands for the title of its proceedings and who printed them, the
        # publisher for others.
        "booktitle": "eventtitle" in entry.raw,
        "publisher": entry.type == "inproceedings",
        "organization": "publisher" in entry.raw,
    }
    shown = [name for name in SHOWN if name in entry.raw and not silent.get(name)]
    found = [name for name in shown if folded(entry.text(name)) not in words]
    found += [
        f"{role} {person.direct}"
        for role in ("author", "editor", "translator", "holder")
        for person in entry.people.get(role, [])
        if folded(person.direct) not in words
    ]
    marks = {
        "et al.": bool(entry.others),
        "ed": "editor" in entry.people,
        "patent": entry.type == "patent",
        # A hyphen within a page number is no dash between two.
        entry.pages[0]: not entry.pages[1],
    }
    found += [mark for mark, is_wanted in marks.items() if is_wanted and mark not in said]
    is_no_doi = entry.raw.get("doi") and not entry.doi
    return found + (["a DOI that is none"] if is_no_doi and entry.raw["doi"] in said else [])
