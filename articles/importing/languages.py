"""The language a text is in: by its script where that decides, else by a trained guess. Pure."""

import re

_CODE = re.compile(r"\A([a-z]{2})(?:[-_].*)?\Z", re.IGNORECASE)
_SCRIPTS = [("ko", "가-힣ᄀ-ᇿ㄰-㆏"), ("ja", "ぁ-ゟ゠-ヿ")]
_SAMPLE = 3000
_ENGLISH = frozenset(re.split(" ", "the of and to in that is was for with said on by it from at has have will"))


def language_of(text: str, declared: str = "") -> str:
    """Return the ISO 639-1 code of a text, "" when it is too short to tell.

    The script decides over the declaration: many Korean sites leave their template's `lang="en"`.
    """
    sample = text[:_SAMPLE]
    if not sample.isascii():
        letters = _letter_count(sample)
        for code, block in _SCRIPTS:
            if letters and len(re.findall(f"[{block}]", sample)) * 4 > letters:
                return code
    code = language_code(declared)
    if code in ("ko", "ja") or (not code and _letter_count(sample) >= 60):
        return _guess(sample)
    return code


def _letter_count(text: str) -> int:
    return len(re.findall(r"[^\W\d_]", text))


def language_code(label: str) -> str:
    """Return "en" of "en-GB", "" of anything else."""
    match = _CODE.match(label.strip())
    return match[1].lower() if match else ""


def _guess(sample: str) -> str:
    # Imported late: the model takes a quarter of a second and most pages declare their language.
    from py3langid import classify

    words = re.findall(r"[a-z]+", sample.lower())
    if words and sum(word in _ENGLISH for word in words) * 5 > len(words):
        return "en"
    code, _score = classify(sample)
    return str(code)
