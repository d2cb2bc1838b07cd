"""The vocabulary of ``refs.bib``: entry types, the fields that are shown, and all that are known.

What is shown is a standard BibTeX or biblatex field where a standard exists (biblatex manual, §2.1
"Entry types", §2.2 "Entry fields").
"""

from __future__ import annotations

import re
from collections.abc import Collection

from bibfolio.model.strings import nearest

#: Field → what it does. The documentation has it from here; anything else is kept but not shown.
FIELDS: dict[str, str] = {
    "title, subtitle": "Title. Capitals stay as written; `$maths$` and `\\emph{…}` work",
    "shorttitle": "What people call the paper or its system; shown where there is little space",
    "author": "`Family, Given and Family, Given`; `and others` prints *et al.*",
    "author+an": "Marks of authors, shown with a legend: `1=equal; 2=equal, corresponding`. "
    "`1=owner` says that the first author is you, if the name does not show it",
    "editor, translator, bookauthor": "As `author`: who edited the volume, translated the text, or "
    "wrote the book that a chapter is in. If an entry has no authors, lists name its editors",
    "holder": "Who owns a patent",
    "date / year, month": "`2024`, `2024-04`, `2024-04-16`, or a range with `/`. Lists group "
    "papers by it",
    "journal / journaltitle, journalsubtitle, shortjournal": "Journal and its abbreviation",
    "booktitle, booksubtitle": "Title of the proceedings or book",
    "eventtitle, eventtitleaddon": "Name of the conference and its acronym (`NSDI 2024`)",
    "eventdate, venue": "When the conference took place (`2024-04-16/2024-04-18`), and where. Here "
    "`venue` is a place, such as *Oslo, Norway*, and no journal",
    "venueurl": "Home page of the conference or journal *(own field)*",
    "volume, number, pages": "`{12}`, `{3}` and `{101--120}`, with `--` between first and last "
    "page. A journal may have `issue` in place of `number`",
    "eid": "Number of an article that has no pages",
    "series, edition, chapter": "`edition = {2}` prints *2nd edition*. For a book, `number` is its "
    "number in the series",
    "volumes": "How many volumes there are; only in exports",
    "pagetotal": "How many pages there are; on the page of a book and in exports",
    "version": "Version of software, data or a manual",
    "publisher, isbn, issn": "Publisher and numbers of a book or journal",
    "address / location": "Where the publisher or institution is",
    "language, langid": "Language of the paper: `german`, `de` or `zh-CN`. Words in the reference, "
    "such as *edited by*, are in this language. If `language` is a name (`german`), pages in other "
    "languages show it",
    "school / institution, type": "For theses and reports: where, and what it is",
    "organization": "Who issued a manual, proceedings or a web page",
    "doi": "The DOI alone, without `https://doi.org/`; makes the link",
    "eprint, eprinttype, eprintclass": "arXiv number and class; make the links to arXiv and to the "
    "PDF. `eprinttype` may also be `biorxiv`, `medrxiv`, `ssrn`, `hal`, `jstor`, `pubmed` or "
    "`pmc`. For others, such as ChemRxiv, write `doi`, and `pubstate = {prepublished}`",
    "pmid, pmcid": "Numbers in PubMed and PubMed Central; make the links",
    "url": "Address of the paper, or of its code at GitHub and similar hosts. Not shown if it is "
    "the address of the DOI",
    "urldate": "When `url` was visited; printed for web pages",
    "file": "The PDF: the path of a file that the site serves, a name in `files/`, "
    "`files/papers/` or `assets/pdf/`, or an address. Of several, separated by `; `, the first "
    "that exists counts",
    "slides, poster": "The same for slides and poster *(own fields)*",
    "code, video": "Address of the code or of a recording *(own fields)*",
    "project, website, data, dataset, supplement, supp, openreview, blog, talk, tutorial, demo, "
    "press, model": "Addresses of further pages, or paths of files that the site serves. Each link "
    "has the name of its field; `website` is *Project*, `dataset` is *Data*, `supp` is "
    "*Supplement* *(own fields)*",
    "links": "Any other links: `Name: https://…; Name: https://…` *(own field)*",
    "license": "Licence with which everybody may read the paper: its SPDX identifier "
    "(`CC-BY-4.0`), its address at creativecommons.org, or its full name *(own field)*",
    "copyright": "The same, if it holds a licence. Other words, such as who has the rights, do "
    "not count",
    "award": "An award the paper won *(own field)*",
    "artifact": "What reviewers found of code and data: `available; functional; reusable; "
    "reproduced; replicated` *(own field)*",
    "retracted, concern, correction": "DOI or address of the notice that retracts the paper, "
    "expresses a concern or corrects it; separate several by `; `. Pages, CV and exports say so "
    "*(own fields)*",
    "grants": "Numbers of the `[[grants]]` of `profile.toml` that paid for the work, separated by "
    "commas or semicolons *(own field)*",
    "note, howpublished, addendum": "Shown as written",
    "pubstate": "`inpreparation` or `draft` hides the paper everywhere. `prepublished` shows "
    "*Preprint*, `submitted` *Submitted*, `forthcoming` *Forthcoming* and `inpress` *In press*, in "
    "the language of the page. Other words are shown as written",
    "keywords": "Separated by commas or semicolons. `selected` marks selected papers; others can "
    "be topics",
    "gist": "One plain sentence below the title in lists. Without it, lists show the first "
    "sentence of `annotation`, if that has at most 140 characters *(own field)*",
    "results": "One or two results with a number: `up to 2.5× sooner; up to 1.8× cheaper`; on the "
    "page of the paper, and in lists if it has no figure *(own field)*",
    "figure": "Picture beside the paper: a name in `figures/`, or a path. Without this field, it "
    "is `figures/KEY.svg`, `.png`, `.webp`, `.jpg` or `.gif` *(own field)*",
    "figurealt": "What the figure shows, in one sentence, for readers who cannot see it *(own "
    "field)*",
    "figurecaption": "What stands below the figure; without this field, `figurealt` *(own field)*",
    "annotation": "Summary in plain language. If a program keeps private notes in this field, "
    "remove them: pages show it",
    "abstract": "Abstract",
}
#: biblatex or common names → the name used here.
ALIASES = {
    "journaltitle": "journal",
    "archiveprefix": "eprinttype",
    "primaryclass": "eprintclass",
    "annote": "annotation",
    "location": "address",
    "hyphenation": "langid",
    "shortbooktitle": "eventtitleaddon",
}
#: Title → what stands behind it after a colon.
SUBTITLES = {"journal": "journalsubtitle", "booktitle": "booksubtitle"}
#: Entry types of BibTeX and biblatex; others are shown as @misc and reported.
TYPES = frozenset(
    "article book mvbook inbook bookinbook suppbook booklet collection mvcollection incollection "
    "suppcollection dataset manual misc online patent periodical suppperiodical proceedings "
    "mvproceedings inproceedings reference mvreference inreference report software thesis "
    "unpublished conference electronic mastersthesis phdthesis techreport www artwork audio image "
    "video customa customb customc customd custome customf bibnote commentary jurisdiction "
    "legislation legal letter movie music performance review standard".split()
)
#: Code of a country for which biblatex has a key → what it is called.
COUNTRIES = {
    "DE": "Germany",
    "EU": "European Union",
    "FR": "France",
    "GB": "United Kingdom",
    "US": "United States of America",
}
#: Entry type, or biblatex's key of a type (manual, §4.9.2) → what it is called.
TYPE_WORDS = {
    "phdthesis": "PhD thesis",
    "mastersthesis": "Master’s thesis",
    "mathesis": "Master’s thesis",
    "bathesis": "Bachelor’s thesis",
    "candthesis": "Candidate thesis",
    "techreport": "Technical report",
    "resreport": "Research report",
    "patent": "Patent",
    "patentde": "German patent",
    "patenteu": "European patent",
    "patentfr": "French patent",
    "patentuk": "British patent",
    "patentus": "U.S. patent",
}
#: The same for a country: its keys end in its code, or in what patents have in its place.
COUNTRY_WORDS = {f"country{code.lower()}": name for code, name in COUNTRIES.items()} | {
    "countryep": COUNTRIES["EU"],
    "countryuk": COUNTRIES["GB"],
}
#: A language as babel, biblatex and people call it → its code (BCP 47).
LANGUAGES = dict(
    pair.split("=")
    for pair in (
        "english=en american=en-US usenglish=en-US british=en-GB ukenglish=en-GB canadian=en-CA "
        "australian=en-AU newzealand=en-NZ german=de ngerman=de austrian=de-AT naustrian=de-AT "
        "swissgerman=de-CH nswissgerman=de-CH french=fr francais=fr acadian=fr-CA canadien=fr-CA "
        "spanish=es mexican=es-MX italian=it portuguese=pt brazilian=pt-BR brazil=pt-BR dutch=nl "
        "swedish=sv danish=da norwegian=no norsk=nb nynorsk=nn icelandic=is finnish=fi polish=pl "
        "czech=cs slovak=sk slovene=sl slovenian=sl croatian=hr serbian=sr hungarian=hu magyar=hu "
        "romanian=ro bulgarian=bg russian=ru ukrainian=uk greek=el turkish=tr catalan=ca basque=eu "
        "galician=gl estonian=et latvian=lv lithuanian=lt latin=la hebrew=he arabic=ar persian=fa "
        "hindi=hi chinese=zh japanese=ja korean=ko vietnamese=vi chinese-hans=zh-Hans "
        "chinese-simplified=zh-Hans chinese-hant=zh-Hant chinese-traditional=zh-Hant eng=en ger=de "
        "deu=de fre=fr fra=fr spa=es ita=it por=pt chi=zh zho=zh jpn=ja kor=ko ara=ar rus=ru "
        "deutsch=de français=fr español=es italiano=it português=pt русский=ru 中文=zh 汉语=zh "
        "漢語=zh 简体中文=zh-Hans 繁體中文=zh-Hant 繁体中文=zh-Hant 日本語=ja 한국어=ko العربية=ar"
    ).split()
)
#: The ``pubstate`` of entries that no page, feed or export may show.
HIDDEN = "inpreparation"
#: Fields that mean something to this site only, or name files of it.
OWN_FIELDS = frozenset(
    "file slides poster code video award venueurl gist results figure figurealt figurecaption "
    "project website data dataset supplement supp supplementary openreview blog talk tutorial demo "
    "press model links license artifact retracted concern correction grants".split()
)

#: What people and programs call a field that has another name here; it is read as that field.
#: What more is done by the value is in ``sources.other_names``.
OTHER_NAMES = {
    name: field
    for names, field in {
        "city": "address",
        "summary": "annotation",
        "git github repo repository source_code url_code": "code",
        "conference": "eventtitle",
        "preview": "figure",
        "pdf paper pdfurl url_pdf": "file",
        "tag tags topic topics": "keywords",
        "no num numbers": "number",
        "pp": "pages",
        "pub": "publisher",
        "status": "pubstate",
        "university": "school",
        "slide url_slides": "slides",
        "homepage link": "url",
        "youtube url_video": "video",
        "url_dataset": "data",
        "url_poster": "poster",
        "url_project": "project",
        "vol": "volume",
    }.items()
    for name in names.split()
}
#: Where further addresses of an entry stand once it has been read; no field can be called so.
FURTHER = "further addresses"
#: Names that are read by what they hold → which fields that may be.
READ_BY_VALUE = {
    "arxiv": ("eprint",),
    "arxivid": ("eprint",),
    "abbr": ("shortjournal", "eventtitleaddon"),
    "selected": ("keywords",),
    "html": ("url",),
    "award_name": ("award",),
}

#: What this site shows, under every name it has for it.
SITE = frozenset(re.findall(r"[a-z+]+", " ".join(FIELDS))) | ALIASES.keys()
_OTHERS = OTHER_NAMES.keys() | READ_BY_VALUE.keys()
#: BibTeX and biblatex (manual, §2.2.2 to §2.2.5).
STANDARD = frozenset(
    # people
    "afterword annotator author bookauthor commentator editor editora editorb editorc foreword "
    "holder introduction namea nameb namec shortauthor shorteditor translator "
    # other data fields
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
#: What readers get in BibTeX that they copy, beside annotations of it (``author+an``): what BibTeX
#: and biblatex know but for the owner's files, and what these styles and databases read or write.
EXPORTED = STANDARD - {"file", "pdf"} | frozenset(
    "articleno numpages "  # ACM-Reference-Format.bst, of acmart
    "collaboration "  # apsrev4-2.bst, of REVTeX; iopart-num.bst
    "reportnumber "  # INSPIRE (``reportNumber``); JHEP.bst
    "adsurl "  # ADS; mnras.bst
    "mrnumber "  # MathSciNet; amsplain.bst
    "zbl "  # zbMATH Open
    "pmid pmcid".split()  # PubMed and PubMed Central
)
#: What programs and databases write beside that. It is for them, and is told nowhere.
_PROGRAMS = EXPORTED | frozenset(
    # al-folio: which buttons and counts it shows
    "altmetric bibtex_show dimensions google_scholar_id inspirehep_id "
    # BibDesk, Papers
    "lastchecked local-url rating read remote-url uri "
    # JabRef, with what its older versions wrote
    "citationcount comment comments creationdate folder group groups localfile modificationdate "
    "owner printed priority ps qualityassured ranking readstatus relevance review searchterm "
    "timestamp username "
    # Mendeley, Zotero and Better BibTeX, CiteULike
    "assignee collaborator extra lccn nationality note_ noteaddon rights type_ "
    # ACM, ADS, DBLP, IEEE, Inspire, MathSciNet, NLM, Scopus, Web of Science, Wiley
    "acknowledgement acmid adsnote affiliation affiliations bibdate bibsource biburl "
    "citedreferences coden da description eissn eprintid eventplace fjournal funding grant index "
    "intrahash interhash isi issuesub keyword meeting mrclass mrreviewer nlmuniqueid orcid pii pmc "
    "refid remark researchgate slaccitation source urlaccessed ut wos zblnumber zblmath".split()
)
_BY_PROGRAMS = re.compile(
    r"(?:bdsk|citeulike|comment|date|jabref|mendeley|posted|web-of-science|usage-count|orcid"
    r"|researcherid|x|ee|zotero)-.+"
    r"|(?:opt|alt)[a-z]+"  # Emacs: a field that was left unfilled, or is out of use
    r"|_.*",
    re.IGNORECASE,
)
#: How the names of journals begin that are servers of preprints.
PREPRINT_SERVERS = ("arxiv", "biorxiv", "medrxiv", "ssrn", "techrxiv", "chemrxiv", "preprint")


def near_type(name: str) -> str:
    """Return the entry type of which *name* is probably a slip; empty if it is like none."""
    return nearest(name, sorted(TYPES), 0.8)


def state_of(text: str) -> str:
    """Return a ``pubstate`` without spaces and capitals; :data:`HIDDEN` also for what means it."""
    state = re.sub(r"[\W_]+", "", text).lower()
    return HIDDEN if re.search("inprep|parat|draft", state) else state


#: Words in place of a date → the ``pubstate`` that they mean (biblatex manual, §4.9.2.11).
_STATES_BY_WORD = {
    r"in.?prep\b|prepar": HIDDEN,
    "submi|review": "submitted",
    "in.?press": "inpress",
    "appear|forthc|accept": "forthcoming",
}


def state_in_date(text: str) -> str:
    """Return the ``pubstate`` that is meant by a year such as ``in press``; empty for a date."""
    words = text.lower()
    return next((state for word, state in _STATES_BY_WORD.items() if re.search(word, words)), "")


def standard_name(name: str) -> str:
    """Return the name under which the site knows a field, in lower case."""
    return ALIASES.get(name.lower(), name.lower())


def language_code(name: str) -> str:
    """Return the code of a language; an unknown name is returned: it may be a code."""
    name = re.split("[;,]", name)[0].strip("{} ")
    code = name.replace("_", "-") if re.fullmatch(r"[A-Za-z]{2}_\w+", name) else name
    return LANGUAGES.get(name.lower().removeprefix("lang"), code)


def language_of_field(name: str, languages: Collection[str]) -> tuple[str, str]:
    """Return ``title`` and ``zh`` for ``title-zh``, if that is one of the *languages* of a site."""
    field, _, _rest = name.partition("-")
    behind = name[len(field) + 1 :].lower()
    return (field, behind) if field and behind in languages else (name, "")


def is_exported(name: str) -> bool:
    """Return whether others get the field *name* (lower case); all others are nobody's business."""
    return name.partition("+an")[0] in EXPORTED


def is_known(name: str) -> bool:
    """Return whether a field may be called *name* (lower case)."""
    base, annotated, _label = name.partition("+an")
    if annotated:
        return base in STANDARD or base in SITE
    is_listed = name in SITE | STANDARD | _PROGRAMS | _OTHERS
    return is_listed or bool(_BY_PROGRAMS.fullmatch(name))
