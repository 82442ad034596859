"""Language tags: the language of a tag, what joins its sentences, which version a tag means."""

from __future__ import annotations

from aligner.errors import LanguageTagError


def primary(tag: str) -> str:
    """The language of a tag without script, region and the rest: ``uz`` of ``uz-Latn``."""
    return tag.partition("-")[0]


def joiner(lang: str) -> str:
    """What stands between two sentences of a language: a space, or nothing (Chinese, Thai ...)."""
    return "" if primary(lang) in {"zh", "yue", "wuu", "ja", "th", "lo", "km", "my"} else " "


def unique_tags(tags: tuple[str, ...]) -> None:
    """Raise LanguageTagError if a tag stands for two versions."""
    for tag in tags:
        if tags.count(tag) > 1:
            raise LanguageTagError(
                f"two versions are both {tag!r}",
                why="every version needs a tag of its own",
                do=f"Tell two translations into one language apart as {tag}-x-a and {tag}-x-b",
            )


def find_tag(tags: tuple[str, ...], wanted: str) -> int:
    """The number of the tag that is ``wanted`` exactly, or the only one of that language.

    Raises LanguageTagError if none or several fit.
    """
    if wanted in tags:
        return tags.index(wanted)
    fits = [i for i, tag in enumerate(tags) if primary(tag) == primary(wanted)]
    if len(fits) == 1:
        return fits[0]
    raise LanguageTagError(
        f"{'no' if not fits else 'more than one'} version is {wanted!r}",
        do=f"The versions are: {', '.join(tags)}",
    )
