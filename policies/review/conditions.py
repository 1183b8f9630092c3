"""A set of class sets as a person would say it: `child`, `adult and referred`, `supported or decided`."""

from functools import cache
from itertools import product

from policies.review.differences import Classes, class_sets
from policies.vocabulary import CaseClass

Cube = dict[CaseClass, bool]


@cache
def in_words(when: frozenset[Classes]) -> str:
    """The shortest such saying that is true of exactly these sets."""
    missing, said = set(when), []
    for cube, covered in _cubes():
        if covered <= when and covered & missing:
            said.append(_words(cube))
            missing -= covered
    return " or ".join(said)


@cache
def _cubes() -> tuple[tuple[Cube, frozenset[Classes]], ...]:
    """Every way to say something of some classes, the shortest first, with the sets of which it is true; adult is the
    opposite of child."""
    words = [word for word in CaseClass if word not in (CaseClass.ALWAYS, CaseClass.ADULT)]
    cubes: list[Cube] = [
        {word: truth for word, truth in zip(words, truths, strict=True) if truth is not None}
        for truths in product((True, False, None), repeat=len(words))
    ]
    found = [(cube, frozenset(classes for classes in class_sets() if _fits(classes, cube))) for cube in cubes]
    return tuple(sorted(found, key=lambda item: len(item[0])))


def _fits(classes: Classes, cube: Cube) -> bool:
    return all((word in classes) is truth for word, truth in cube.items())


def _words(cube: Cube) -> str:
    if not cube:
        return CaseClass.ALWAYS.value
    opposite = {CaseClass.CHILD: CaseClass.ADULT.value}
    return " and ".join(
        word.value if truth else opposite.get(word, f"not {word.value}") for word, truth in cube.items()
    )
