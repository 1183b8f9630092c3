"""A set of class sets as a person would say it: `child`, `adult and referred`, `supported or decided`."""

from collections.abc import Iterator
from functools import cache
from itertools import product

from policies.review.differences import Classes, class_sets
from policies.vocabulary import CaseClass

Cube = dict[CaseClass, bool]


@cache
def in_words(when: frozenset[Classes]) -> str:
    """The shortest such saying that is true of exactly these sets."""
    missing, said = set(when), []
    for cube in _cubes(_that_matter(when)):
        covered = {classes for classes in class_sets() if _fits(classes, cube)}
        if covered <= when and covered & missing:
            said.append(_words(cube))
            missing -= covered
    return " or ".join(said)


def _that_matter(when: frozenset[Classes]) -> list[CaseClass]:
    """The classes without which it could not be said; adult is the opposite of child."""
    other = {CaseClass.CHILD: frozenset({CaseClass.CHILD, CaseClass.ADULT})}
    spoken = [word for word in CaseClass if word not in (CaseClass.ALWAYS, CaseClass.ADULT)]
    return [
        word
        for word in spoken
        if any((classes in when) is not (classes ^ other.get(word, {word}) in when) for classes in class_sets())
    ]


def _cubes(words: list[CaseClass]) -> Iterator[Cube]:
    """Every way to say something of some of these words, the shortest and most positive first."""
    cubes = [
        {word: truth for word, truth in zip(words, truths, strict=True) if truth is not None}
        for truths in product((True, False, None), repeat=len(words))
    ]
    yield from sorted(cubes, key=lambda cube: (len(cube), list(cube.values()).count(False)))


def _fits(classes: Classes, cube: Cube) -> bool:
    return all((word in classes) is truth for word, truth in cube.items())


def _words(cube: Cube) -> str:
    if not cube:
        return CaseClass.ALWAYS.value
    opposite = {CaseClass.CHILD: CaseClass.ADULT.value}
    return " and ".join(
        word.value if truth else opposite.get(word, f"not {word.value}") for word, truth in cube.items()
    )
