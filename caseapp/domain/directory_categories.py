"""Which need a service serves and whom it asks for, told from the words of its source."""

import re
from collections.abc import Iterable

from caseapp.domain.names import fold

_WORDS: dict[str, str] = {
    "shelter": "shelter|emergency bed|overnight|warming center|drop in center",
    "housing": "housing|rehousing|rent|rental|eviction|landlord|homeless|transitional living",
    "detox": "detox|withdrawal management|sobering",
    "treatment": "substance|addict|recovery|methadone|suboxone|sober|alcohol|opioid"
    "|drug (treatment|abuse|use)",
    "mental-health": "mental health|counsel|therap|psych|behavioral health",
    "medical": "medical|clinic|health care|dental|primary care|nurs|hospital|pharmacy|vaccin",
    "food": "food|meal|pantry|nutrition|snap|groceries|soup",
    "peer-support": "peer|support group|mutual help",
    "benefits": "benefit|ssi|ssdi|medicaid|public assistance|income support|identification",
    "legal": "legal|attorney|court|immigration|expunge",
    "transport": "transport|bus pass|rides?",
    "family": "famil|child|parent|youth|teen|infant",
    "employment": "employ|job|work readiness|career|resume",
    "veterans": "veteran",
    "crisis": "crisis|hotline|988|suicide",
    "hygiene": "shower|laundry|hygiene",
    "language-help": "interpret|translation",
    "pets": "pets?|animal",
}
_ANY = re.compile(
    r"\b(?:"
    + "|".join(f"(?P<{code.replace('-', '_')}>{words.replace('(', '(?:')})" for code, words in _WORDS.items())
    + ")"
)
_CODES = {code.replace("-", "_"): code for code in _WORDS}
_SUBSTANCE_USE = frozenset({"detox", "treatment"})
_INSURANCE = {
    "medicaid": re.compile(r"\bmedicaid|\bmedi-cal|\boregon health plan"),
    "medicare": re.compile(r"\bmedicare\b"),
    "private": re.compile(r"\bprivate (health )?insurance|\bcommercial insurance"),
    "none-needed": re.compile(r"\bfree\b|\bno (cost|charge|fee)|\bsliding (scale|fee)|\buninsured"),
}
_ONLY_VETERANS = re.compile(r"\b(only |for |must be (a )?)(u\.?s\.? )?(military )?veterans?\b")


def categories_of(words: Iterable[str]) -> tuple[str, ...]:
    """Codes of our list of categories; "other" where no word tells, so that it is still found by name."""
    text = fold(" . ".join(words))
    met = {found.lastgroup for found in _ANY.finditer(text)}
    return tuple(code for group, code in _CODES.items() if group in met) or ("other",)


def is_substance_use(categories: Iterable[str]) -> bool:
    """Whether naming the service says that somebody is treated for substance use (42 CFR 2.11)."""
    return bool(_SUBSTANCE_USE & set(categories))


def insurance_of(words: Iterable[str]) -> tuple[str, ...]:
    """What pays there, as far as the words say."""
    text = fold(" . ".join(filter(None, words)))
    if not text:
        return ()
    return tuple(code for code, pattern in _INSURANCE.items() if pattern.search(text))


def is_for_veterans(eligibility: str) -> bool:
    """Whether the words say that it is for veterans alone."""
    text = eligibility.casefold()
    return "veteran" in text and bool(_ONLY_VETERANS.search(text))
