"""What the services might answer for the papers of this site: made, none of it was ever received.

Titles, authors, identifiers, pages, publishers and days are facts about the papers. The rest only
has the manner of real answers and says nothing of anyone: keys and numbers of namesakes at DBLP,
how places and events are spelt, which fields are absent, the month at Crossref.
"""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

_STREAM = (
    "StreamRL: Scalable, Heterogeneous, and Elastic RL for LLMs with Disaggregated Stream "
    "Generation"
)
_INFER = (
    "MegaScale-Infer: Serving Mixture-of-Experts at Scale with Disaggregated Expert Parallelism"
)
_RAG = "RAGCache: Efficient Knowledge Caching for Retrieval-Augmented Generation"
#: Number, class, day, title, authors.
PREPRINTS = (
    (
        *("2504.15930", "cs.LG", "2025-04-22", _STREAM),
        (
            "Yinmin Zhong, Zili Zhang, Xiaoniu Song, Hanpeng Hu, Chao Jin, Bingyang Wu, Nuo Chen, "
            "Yukun Chen, Yu Zhou, Changyi Wan, Hongyu Zhou, Yimin Jiang, Yibo Zhu, Daxin Jiang"
        ),
    ),
    (
        *("2504.02263", "cs.DC", "2025-04-03", _INFER),
        (
            "Ruidong Zhu, Ziheng Jiang, Chao Jin, Peng Wu, Cesar A. Stuardo, Dongyang Wang, "
            "Xinlei Zhang, Huaping Zhou, Haoran Wei, Yang Cheng, Jianzhe Xiao, Xinyi Zhang, "
            "Lingjun Liu, Haibin Lin, Li-Wen Chang, Jianxi Ye, Xiao Yu, Xuanzhe Liu, Xin Jin, "
            "Xin Liu"
        ),
    ),
    (
        *("2502.15524", "cs.DC", "2025-02-21"),
        "Towards Swift Serverless LLM Cold Starts with ParaServe",
        "Chiheng Lou, Sheng Qi, Chao Jin, Dapeng Nie, Haoran Yang, Xuanzhe Liu, Xin Jin",
    ),
    (
        *("2404.12457", "cs.DC", "2024-04-18", _RAG),
        "Chao Jin, Zili Zhang, Xuanlin Jiang, Fangyue Liu, Xin Liu, Xuanzhe Liu, Xin Jin",
    ),
)
_HEAD = '<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">\n'


def arxiv() -> str:
    """A feed of the preprints."""
    text = _HEAD
    for number, class_, day, title, authors in PREPRINTS:
        names = "".join(f"<author><name>{name}</name></author>" for name in authors.split(", "))
        text += (
            f"  <entry><id>http://arxiv.org/abs/{number}v1</id><title>{escape(title)}</title>"
            f"<published>{day}T00:00:00Z</published>{names}"
            f'<arxiv:primary_category term="{class_}"/></entry>\n'
        )
    return f"{text}</feed>\n"


def _work(type_: str, title: str, authors: str, **more: Any) -> dict[str, Any]:
    people = [name.rpartition(" ") for name in authors.split(", ")]
    author = [{"given": given, "family": family} for given, _space, family in people]
    return {"type": type_, "title": [title], "author": author, **more}


CROSSREF = {
    "10.1109/ton.2025.3552407": _work(
        "journal-article",
        "FaaSPR: Latency-oriented Placement and Routing Optimization for Serverless Workflow "
        "Processing",
        "Yunshan Jia, Chao Jin, Qing Li, Xuanzhe Liu, Xin Jin",
        **{"container-title": ["IEEE Transactions on Networking"], "ISSN": ["2998-4157"]},
        issued={"date-parts": [[2025]]},
        publisher="Institute of Electrical and Electronics Engineers (IEEE)",
        DOI="10.1109/ton.2025.3552407",
    ),
    "10.1109/tpds.2024.3418620": _work(
        "journal-article",
        "Pyxis: Scheduling Mixed Tasks in Disaggregated Datacenters",
        # As printed: without the author whom the owner lists.
        "Sheng Qi, Chao Jin, Mosharaf Chowdhury, Zhenming Liu, Xuanzhe Liu, Xin Jin",
        **{
            "container-title": ["IEEE Transactions on Parallel and Distributed Systems"],
            "published-print": {"date-parts": [[2024, 9]]},
            "ISSN": ["1045-9219"],
        },
        volume="35",
        issue="9",
        page="1536-1550",
        publisher="Institute of Electrical and Electronics Engineers (IEEE)",
        DOI="10.1109/tpds.2024.3418620",
    ),
    "10.1145/3603269.3604816": _work(
        "proceedings-article",
        "Ditto: Efficient Serverless Analytics with Elastic Parallelism",
        "Chao Jin, Zili Zhang, Xingyu Xiang, Songyun Zou, Gang Huang, Xuanzhe Liu, Xin Jin",
        **{"container-title": ["Proceedings of the ACM SIGCOMM 2023 Conference"]},
        issued={"date-parts": [[2023, 9]]},
        event={
            "name": "ACM SIGCOMM '23: ACM SIGCOMM 2023 Conference",
            "acronym": "ACM SIGCOMM '23",
            "location": "New York NY USA",
        },
        ISBN=["9798400702365"],
        page="406-419",
        publisher="ACM",
        DOI="10.1145/3603269.3604816",
    ),
}


def _nsdi(number: str, key: str, title: str, authors: str, days: str, *rest: str) -> str:
    place, pages, year, page = rest
    return f"""@inproceedings{{DBLP:{key},
  author    = {{{" and ".join(authors.split(", "))}}},
  title     = {{{title}.}},
  booktitle = {{Proceedings of the {number} {{USENIX}} Symposium on Networked Systems Design and
               Implementation, {{NSDI}} {year}, {place}, {days}, {year}}},
  pages     = {{{pages}}},
  publisher = {{{{USENIX}} Association}},
  year      = {{{year}}},
  url       = {{{page}}},
}}
"""


DBLP = {
    "conf/nsdi/Jolteon24": _nsdi(
        *("21st", "conf/nsdi/Jolteon24"),
        "Jolteon: Unleashing the Promise of Serverless for Serverless Workflows",
        "Zili Zhang 9999, Chao Jin 9998, Xin Jin 9997",
        *("April 16-18", "Santa Clara, CA, USA", "167--183", "2024"),
        "https://www.usenix.org/conference/nsdi24/presentation/zhang-zili-jolteon",
    ),
    "conf/nsdi/Auncel23": _nsdi(
        *("20th", "conf/nsdi/Auncel23"),
        "Fast, Approximate Vector Queries on Very Large Unstructured Datasets",
        "Zili Zhang 9999, Chao Jin 9998, Linpeng Tang, Xuanzhe Liu, Xin Jin 9997",
        *("April 17-19", "Boston, MA, USA", "995--1011", "2023"),
        "https://www.usenix.org/conference/nsdi23/presentation/zhang-zili",
    ),
}
#: The key that refs.bib has → what is asked for.
ASKED = {
    "zhong2025streamrl": "2504.15930",
    "zhu2025megascaleinfer": "https://arxiv.org/abs/2504.02263v2",
    "lou2025paraserve": "arXiv:2502.15524",
    "jia2025faaspr": "10.1109/TON.2025.3552407",
    "jin2024ragcache": "https://arxiv.org/pdf/2404.12457",
    "qi2024pyxis": "https://doi.org/10.1109/TPDS.2024.3418620",
    "zhang2024jolteon": "https://dblp.org/rec/conf/nsdi/Jolteon24.html",
    "jin2023ditto": "doi:10.1145/3603269.3604816",
    "zhang2023auncel": "conf/nsdi/Auncel23",
}
