"""Words, names and places for invented bibliographies; no real person is meant.

A text in a language has a few words that come often and many that come once; a search index is as
large as that makes it. So the common words are listed, and rare ones are composed of parts.
"""

from __future__ import annotations

from itertools import product
from random import Random

from bibfolio.model.strings import capitalized

#: Words between the words of a sentence.
GLUE = (
    "the of and a to in is we that for with on are as by this an from it which than be can has more"
).split()
#: Words that make a title or a sentence; the first ones come most often (Zipf's law).
COMMON = """
system data model network memory scheduling latency throughput server storage cache request query
distributed performance workload cost training inference cluster policy learning resource service
consistency replication failure recovery graph stream transaction index lookup compiler kernel
packet flow congestion routing switch accelerator tensor pipeline batch parallelism placement
allocation isolation energy bandwidth contention locality prefetching eviction compression encoding
measurement analysis evaluation prototype implementation benchmark trace simulation theorem proof
bound approximation optimality fairness priority deadline queue arrival backlog retry timeout leader
estimator gradient optimiser loss embedding attention expert token prompt decoding sampling reward
protocol message channel encryption authentication enclave attack defence privacy audit provenance
""".split()
VERBS = """
reduces improves bounds predicts shares moves hides measures schedules replicates verifies combines
separates reuses removes observes learns explains balances limits
""".split()
_PREFIXES = (
    "auto bi co cross de hyper inter intra meso meta micro multi pre proto quasi semi sub trans"
).split()
_STEMS = """
bloom cast chron crypt cycl dens drift fract gram graph heur lat lex log morph nom opt path phas
plan quant reg scal seg sequ simul spars spect struct tact temp tens therm top typ vect vis volt
""".split()
_ENDINGS = "able al ance ation ed er ible ic ing ism ity ive ment or ous ure".split()
#: Rare words, by the thousand.
RARE = tuple(prefix + stem + end for prefix, stem, end in product(_PREFIXES, _STEMS, _ENDINGS))

#: Given and family names, some in TeX as programs export them, some in their own script.
PEOPLE = (
    r"""
    Ada Bea Carl Dora Emil Fay Gus Hana Ivo Jo Kai Lena Max Nora Otto Pia Quinn Rosa Sam Tess
    Zo{\"e} Andr{\'e} S{\o}ren Fran\c{c}ois {\L}ukasz Ji{\v{r}}{\'i} Bj{\"o}rn In{\^e}s {\AA}sa
    """.split(),
    r"""
    Ash, Birch, Cedar, Dale, Elm, Field, Grove, Heath, Isle, Juniper, Knoll, Lake, Marsh, North,
    Oak, Pine, Quarry, Ridge, Stone, Thorn, M{\"u}hlenbach, Garc{\'i}a-Monta{\~n}a, B{\"a}cker,
    Dvo{\v{r}}{\'a}k-Les, {\O}stergrove, Ko{\'s}cielny, {\'A}rnyas, de la Pe{\~n}a, van der Berg
    """.strip()
    .replace("\n    ", " ")
    .split(", "),
)
ROMANISED = (
    "Anyi Boling Chenxi Dongmei Haoyu Jingwen Kexin Lanfang Minghui Peizhi Ruolan Siqi".split(),
    "Bai Cao Deng Fang Gao Han Jiang Kong Luo Meng Ning Pan Qiu Shen Tang Wei Xie Yan".split(),
)
OWN_SCRIPT = (
    "安怡 柏林 晨曦 冬梅 浩宇 静文 可欣 兰芳 さくら 太郎 花子 지우 민준".split(),
    "白 曹 邓 方 高 韩 蒋 孔 罗 孟 山川 小林 김 박".split(),
)

TOPICS = (
    "storage, networks, scheduling, learning systems, databases, security, theory, energy"
).split(", ")
#: Acronym, name.
CONFERENCES = (
    ("COMPSYS", "Conference on Composable Systems"),
    ("NETLAB", "Symposium on Networks in the Laboratory"),
    ("DATAFEST", r"International Meeting on Data \& Memory"),
    ("QUEUES", "Workshop on Queues and their Users"),
    ("ARCHBOOK", "Conference on the Architecture of Books"),
    ("EUROTEST", "European Forum for Testing"),
)
#: Abbreviation, name.
JOURNALS = (
    ("JIS", "Journal of Invented Systems"),
    ("TSM", "Transactions on Storage and Memory"),
    ("ANN", r"Annals of Networks \& Nodes"),
    ("RDM", "Review of Distributed Methods"),
)
TOWNS = ("Riverton", r"M{\"u}hlstadt", "Porto Alto", "Nordby", "Lakeside", "Xincheng")
FORMULAS = (r"$O(n \log n)$", r"$\epsilon$-close", r"$k^2$", r"$(1+\delta)$-approximate")


def word(random: Random) -> str:
    """Return a word of a sentence: mostly a common one, sometimes a rare one."""
    if random.random() < 0.08:
        return random.choice(RARE)
    # The square of an even number prefers the front of the list.
    return COMMON[int(len(COMMON) * random.random() ** 2)]


def sentence(random: Random) -> str:
    """Return a sentence without meaning, in the form of those in abstracts."""
    words = [random.choice(GLUE), word(random), random.choice(VERBS)]
    for _ in range(random.randint(3, 9)):
        words += [random.choice(GLUE), word(random)]
    if random.random() < 0.25:
        words += ["by", rf"{random.randint(2, 90)}.{random.randint(0, 9)}\%"]
    text = " ".join(words)
    return f"{capitalized(text)}."


def prose(random: Random, fewest: int, most: int) -> str:
    """Return between *fewest* and *most* sentences."""
    return " ".join(sentence(random) for _ in range(random.randint(fewest, most)))
