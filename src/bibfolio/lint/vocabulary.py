"""Every field name that is right: of BibTeX, biblatex and this site, and what programs write."""

from __future__ import annotations

import re

from bibfolio.sources.fields import ALIASES, FIELDS

#: What this site shows, under every name it has for it.
SITE = (
    frozenset(name for names in FIELDS for name in re.findall(r"[a-z+]+", names)) | ALIASES.keys()
)
#: biblatex manual, §2.2.2 "Data Fields": names of people, to which ``type`` may be added.
_PEOPLE = set(
    "afterword annotator author bookauthor commentator editor editora editorb editorc foreword "
    "holder introduction namea nameb namec shortauthor shorteditor translator".split()
)
#: biblatex manual, §2.2.2 to §2.2.5: other data fields, special, custom and other names.
_OTHERS = set(
    # data fields
    "abstract addendum annotation authortype bookpagination booksubtitle booktitle booktitleaddon "
    "chapter date doi edition editoratype editorbtype editorctype editortype eid entrysubtype "
    "eprint eprintclass eprinttype eventdate eventtitle eventtitleaddon file howpublished "
    "indextitle institution isan isbn ismn isrn issn issue issuesubtitle issuetitle "
    "issuetitleaddon iswc journalsubtitle journaltitle journaltitleaddon label language library "
    "location mainsubtitle maintitle maintitleaddon month nameaddon nameatype namebtype namectype "
    "note number organization origdate origlanguage origlocation origpublisher origtitle pages "
    "pagetotal pagination part publisher pubstate reprinttitle series shorthand shorthandintro "
    "shortjournal shortseries shorttitle subtitle title titleaddon type url urldate urlraw venue "
    "version volume volumes year "
    # special fields
    "crossref entryset execute gender hyphenation ids indexsorttitle keywords langid langidopts "
    "options presort related relatedoptions relatedstring relatedtype sortkey sortname "
    "sortshorthand sorttitle sortyear xdata xref "
    # custom fields
    "lista listb listc listd liste listf usera userb userc userd usere userf verba verbb verbc "
    # other names, and parts of dates
    "address annote archiveprefix journal key pdf primaryclass school "
    "day endday endmonth endyear origyear urlday urlmonth urlyear".split()
)
#: BibTeX and biblatex.
STANDARD = frozenset(_PEOPLE | _OTHERS)

#: What programs and databases write beside that: BibDesk, CiteULike, JabRef, Mendeley, Zotero;
#: ACM, ADS, DBLP, IEEE, Inspire, MathSciNet, NLM, Scopus, Web of Science, Wiley.
_PROGRAMS = frozenset(
    "acknowledgement acmid adsnote adsurl affiliation affiliations alternative_issn articleno "
    "author_keywords bibdate bibsource biburl chemicals_cas citedreferences coden collaboration "
    "comment comments copyright correspondence_address1 creationdate da description "
    "doc-delivery-number document_type eissn elocation-id eprintid eventplace file_size fjournal "
    "funding funding_details grant group groups index intrahash interhash isi issn-l issue_date "
    "issuesub journal-iso keyword keywords-plus lccn localfile meeting modificationdate "
    "mrclass mrnumber mrreviewer nlmuniqueid note_ noteaddon number-of-cited-references numpages "
    "orcid owner pii pmc pmcid pmid priority printed publication_stage qualityassured ranking "
    "readstatus refid relevance remark reportnumber researchgate review researcherid-numbers "
    "slaccitation source searchterm sha1 timestamp times-cited type_ unique-id username ut "
    "web-of-science-categories wos zblnumber zbl zblmath lastchecked urlaccessed".split()
)
_BY_PROGRAMS = re.compile(
    r"(?:bdsk|citeulike|date|mendeley|posted|web-of-science|usage-count|orcid|researcherid|x|ee)-.+"
    r"|(?:opt|alt)[a-z]+"  # Emacs: a field that was left unfilled, or is out of use
    r"|_.*|.*\d",
    re.IGNORECASE,
)
#: What people call a field that has another name here.
OTHER_NAMES = {
    "abbr": "eventtitleaddon",
    "arxiv": "eprint",
    "arxivid": "eprint",
    "award_name": "award",
    "city": "address",
    "conference": "eventtitle",
    "git": "code",
    "github": "code",
    "homepage": "url",
    "html": "url",
    "link": "url",
    "no": "number",
    "num": "number",
    "numbers": "number",
    "paper": "file",
    "pdfurl": "file",
    "pp": "pages",
    "preprint": "eprint",
    "pub": "publisher",
    "repo": "code",
    "repository": "code",
    "selected": "keywords",
    "slide": "slides",
    "software": "code",
    "source_code": "code",
    "status": "pubstate",
    "summary": "annotation",
    "tag": "keywords",
    "tags": "keywords",
    "talk": "video",
    "topic": "keywords",
    "topics": "keywords",
    "university": "school",
    "vol": "volume",
    "website": "url",
    "youtube": "video",
}


def is_known(name: str) -> bool:
    """Whether a field may be called *name* (lower case)."""
    base, annotated, _label = name.partition("+an")
    if annotated:
        return base in STANDARD or base in SITE
    return name in SITE or name in STANDARD or name in _PROGRAMS or is_by_program(name)


def is_by_program(name: str) -> bool:
    """Whether a name has the form of those that only programs give."""
    return bool(_BY_PROGRAMS.fullmatch(name)) and name not in OTHER_NAMES
