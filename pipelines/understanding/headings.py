"""What the words of a heading speak of: the field's own words, as people put them above a column."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pipelines.understanding.proposal import Role


def _any_of(*words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{'|'.join(words)})(?![a-z])", re.I)


#: Words that speak of the day on which something took place.
DAY = _any_of(
    "date",
    "day",
    "when",
    "tested[ _]on",
    "held[ _]on",
    "session[ _]date",
    "week commencing",
    "w/?c",
    "week of",
)
#: Words that speak of the moment at which a form was sent.
SENT = _any_of(
    "time ?stamp", "submi(?:tted|ssion)\\w*", "start(?: time)?", "end(?: time)?", "completion time", "completed(?: at)?",
    "last modified(?: time)?", "entered(?: on| at)?", "recorded at", "created(?: at| on)?", "received at",
)  # fmt: skip
SENDER = _any_of(
    "e-?mail(?: address)?", "user ?name", "submitt(?:ed[ _]by|er ?name)", "filled in by", "your name"
)
PLACE_TYPE = _any_of(
    "(?:type|kind|sort) of (?:place|venue|setting|site|location)",
    "(?:place|venue|setting)[ _]types?",
    "setting",
)
PLACE = _any_of(
    "place", "venue", "location", "where", "site", "hub", "room", "address of venue", "centre", "ward"
)
CYCLE = _any_of("cycle", "pdsa")
SOURCE = _any_of(
    "from", "source", "supplier", "donors?", "donated by", "given by", "received from", "got from", "where from",
    "(?:came|come|comes) from", "provider",
)  # fmt: skip
MEMBER = _any_of(
    "who", "group", "organi[sz]ation", "org", "members?", "team", "partner", "pantry", "hub", "club", "project",
    "receiver", "received by", "recipient", "network",
)  # fmt: skip
NOTE = _any_of(
    "notes?", "comments?", "remarks?", "feedback", "observations?", "anything (?:else|you)", "any other", "learn(?:ed|t|ing)",
    "what (?:went|would|happened|surprised)", "tell us", "describe", "why", "reason", "quotes?", "stor(?:y|ies)",
)  # fmt: skip
#: Headings of what a system adds, and of running numbers: nothing to count.
SYSTEM = re.compile(
    r"^(?:id|\w+[ _](?:id|ref)|no\.?|nr\.?|#|row|index|record(?: ?(?:id|no\.?|number))?|_.*|__version__|uuid|key|meta[-/:].*|"
    r"instance ?id|response ?id|points? [-–] .*|feedback [-–] .*|total points|quiz feedback|device ?id|.*\bphone_?number)$",
    re.I,
)
#: A part of those who came: 'of them', 'of those', 'anyone'.
PART_OF = _any_of(
    "of (?:them|these|those|whom)", "anyone", "anybody", "how many (?:said|felt|had|were|are)", "new faces"
)
TICK = _any_of(
    "tick", "select all", "check all", "choose all", "all that apply", "what did you do", "which of"
)

#: Columns that name people: who led, who came, who wrote it down.
PERSON = _any_of(
    "(?:(?:walk|group|session|team) )?leaders?", "(?:led|run|recorded|completed|signed|checked|logged|taken|written) by", "by",
    "by whom", "initials", "signed", "signature", "facilitators?", "workers?", "staff member", "volunteers?", "helpers?",
    "host", "who (?:came|attended|was there|led|helped)", "attendees?", "clients?", "service users?", "participants?", "guests?",
    "residents?", "patients?", "callers?", "person",
)  # fmt: skip
RUNNING = _any_of(
    "running total",
    "running",
    "cumulative",
    "so far",
    "to date",
    "year to date",
    "ytd",
    "balance",
    "grand total",
    "carried forward",
)
LOCALITY = _any_of(
    "locality", "neighbou?rhood", "area", "district", "borough", "town", "patch", "estate", "pcn", "village"
)
#: Questions whose answers are marks of an opinion or a feeling.
OPINION = _any_of(
    "rat(?:e|es|ed|ing|ings)", "scor(?:e|es|ed|ing)", "marks?", "stars?", "mood", "how (?:was|were) (?:it|the|today|this|your)",
    "how (?:did|do|does) (?:it|you|they|the|this)", "how (?:happy|satisfied|confident|useful|helpful|likely|enjoyable|welcome|"
    "welcoming|lonely|safe|well|good|connected|anxious|worried)", "enjoy(?:ed|ment)?", "satisf(?:ied|action)", "happiness",
    "confidence", "wellbeing", "well-being", "feeling", "loneliness", "pain", "anxiety", "to what extent", "agree",
)  # fmt: skip
#: Questions for a number of things or people, whatever else they speak of.
HOW_MANY = _any_of(
    "how many", "number of", "no\\.? of", "nr of", "count", "total", "people who", "people with"
)
#: Numbers that are never added up: their mean is what tells.
MEAN = _any_of(
    "average", "avg", "mean", "median", "typical(?:ly)?", "usual(?:ly)?", "wait(?:ed|ing)?", "how long", "duration", "lasted",
    "length", "each", "per (?:person|head|visit|call|item)", "temperature", "temp", "age", "ages", "how old", "height", "bmi",
    "price", "rate", "pace", "speed", "(?:body|your|their) weight", "blood sugar", "glucose", "pulse", "heart rate", "reading",
    "response time", "time (?:to|taken)",
)  # fmt: skip

#: What an item speaks of. The first that fits names it: 'thrown away' is waste before it is 'gave away'.
CONCEPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("wasted", _any_of("wast(?:e|ed|age)", "thrown", "threw", "binned", "bin", "compost\\w*", "spoil(?:ed|t)", "discarded",
                       "lost", "landfill")),
    ("households", _any_of("households?", "famil(?:y|ies)")),
    ("meals", _any_of("meals?", "portions?", "plates?")),
    ("fed", _any_of("fed", "feed", "ate", "eaten", "people served", "mouths", "diners")),
    ("shared", _any_of("shared?", "gave", "give[ns]?", "giv(?:en|ing)", "(?:re)?distributed", "handed", "went out", "passed on",
                       "sent out", "outgoing")),
    ("in", _any_of("got", "received?", "collected", "sourced", "incoming", "delivered", "came in", "donated", "donations?",
                   "picked up", "rescued", "intake")),
    ("children", _any_of("child(?:ren)?", "kids?", "under[ -]?1[0-9]s?", "young people", "bab(?:y|ies)")),
    ("adults", _any_of("adults?")),
    ("first_timers", _any_of("new faces", "new ?comers?", "first[ -]tim(?:e|ers?)", "never (?:come|been) before",
                             "new people", "new")),
    ("people_came", _any_of("people came", "came", "attend(?:ed|ance|ees?)", "turn(?:ed up|out)", "participants?", "visitors?",
                            "head ?count", "present", "guests?", "footfall")),
    ("volunteers", _any_of("volunteers?", "helpers?")),
    ("staff", _any_of("staff", "leaders?")),
)  # fmt: skip

#: Words that make of those who came other people: who came before, who came back, who came by bus.
_OTHERWISE = _any_of(
    "before", "back", "again", "once", "twice", "alone", "late", "early", "because", "by", "with", "without", "through",
    "via", "after", "regular\\w*", "return\\w*", "repeat\\w*", "from", "left", "who (?:said|felt|had|were|are)",
)  # fmt: skip
#: Words that add nothing to a concept.
_NEUTRAL = frozenset("people persons person residents altogether overall came come there number no".split())  # noqa: SIM905

#: Words that a concept does not need: an item's name is made of the others.
_EMPTY = frozenset(
    """
    a about all also an and any anyone anybody are as at be been being by can could did do does each for from had
    has have how if in is it its just many much me my no number nr num of on or our please said say session
    sessions so some that the their them then there these they this those to total today us was we were what when
    where which who will with would you your approx approximately per count there's ever
    """.split()  # noqa: SIM905 - words are read, not punctuation
)


#: The scale of a score is no part of its name: "Mood /10", "How was it (1 to 5)".
_SCALE = re.compile(
    r"\(?(?:out of|/) ?(?:5|7|10|100)\b\)?|\(?(?<!\d)[01] ?(?:-|–|to) ?(?:[3-7]|10|100)\b(?: stars?)?\)?",
    re.I,
)

#: Small words that name a direction only where the heading is little else: 'Food in', 'kg out'.
_DIRECTIONS = (("shared", _any_of("out", "away")), ("in", _any_of("in")))


@lru_cache(maxsize=16384)
def concept_of(leaf: str, group: str = "") -> str | None:
    """Return what a heading speaks of, its own words before those of the group it stands under."""
    for text in (leaf, group):
        concepts = (*CONCEPTS, *(_DIRECTIONS if len(text.split()) <= 3 else ()))
        for concept, words in concepts:
            if text and words.search(text) and not (concept == "people_came" and _OTHERWISE.search(text)):
                return concept
    return None


def clearly_means(leaf: str, concept: str) -> bool:
    """Whether a heading says no more than a concept: "How many came?" does, "came by bus" and "cups given" do not."""
    words = dict(CONCEPTS)[concept]
    rest = re.findall(r"[a-z0-9]+", words.sub(" ", leaf.replace("_", " ").casefold()))
    return not set(rest) - _EMPTY - _NEUTRAL


@lru_cache(maxsize=16384)
def name_of(heading: str, most: int = 4) -> str:
    """Return an item's word made of a heading: small letters, digits and _, the words that say something."""
    if concept_of(heading) is None and _SCALE.sub("", heading).strip(" ?:"):
        heading = _SCALE.sub(" ", heading)
    text = re.sub(r"\([^)]*\)", " ", heading) if re.sub(r"\([^)]*\)", "", heading).strip(" ?:") else heading
    plain = unicodedata.normalize("NFKD", text.replace("'", "").replace("’", "").casefold())
    words = re.findall(r"[a-z0-9]+", "".join(mark for mark in plain if not unicodedata.combining(mark)))
    telling = [word for word in words if word not in _EMPTY] or words
    name = "_".join(telling[:most])[:60].strip("_")
    if not name:
        return "item"
    return name if name[0].isalpha() else f"n_{name}"


#: In this order a heading's words are asked; the first role that fits is looked at first.
BY_WORDS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (Role.CYCLE_NO, CYCLE),
    (Role.PLACE_TYPE, PLACE_TYPE),
    (Role.SOURCE, SOURCE),
    (Role.MEMBER, MEMBER),
    (Role.PLACE, PLACE),
)
