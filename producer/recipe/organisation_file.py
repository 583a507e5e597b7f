"""organisation.yaml: who speaks and whom texts speak of, each name with its days."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from producer.brand.model import Artwork, DatedName, MarkSpec, Organisation, Profile
from producer.diagnostics import Diagnostic, SourceText, Span
from producer.recipe.read import read_keys
from producer.recipe.schema_organisation import DatedNameKeys, OrganisationKeys, ProfileKeys
from producer.world import World


class OrganisationReader:
    """Reads one file; gathers problems."""

    def __init__(
        self, world: World, artwork: Callable[[SourceText], Artwork], mark: MarkSpec, *, many: bool
    ) -> None:
        """Take how drawings are found, and the brand's mark; ``many`` profiles may speak on one day."""
        self.world, self.artwork, self.mark, self.many = world, artwork, mark, many
        self.problems: list[Diagnostic] = []

    def read(self, path: str, blame: Span) -> Organisation:
        """Return the organisation.

        Raises:
            ProducerError: the file cannot be read, or is not as the schema says.
        """
        keys, _ = read_keys(self.world, path, OrganisationKeys, blame)
        self.problems += _impossible_days(keys.profiles, many=self.many and not keys.units)
        self.problems += _impossible_days(keys.units, many=True)
        self.problems += [
            Diagnostic("brand/two-entries", name.span, {"name": str(name)})
            for name in keys.units
            if name in keys.profiles
        ]
        for word, names in keys.names.items():
            self.problems += _wrong_names(word, names)
        return Organisation(
            self.profiles(keys.profiles),
            self.profiles(keys.units),
            {str(word): tuple(map(_name, names)) for word, names in keys.names.items()},
        )

    def profiles(self, keys: Mapping[SourceText, ProfileKeys]) -> tuple[Profile, ...]:
        """Profiles of one kind, the earliest first."""
        made = [
            Profile(
                id=str(name),
                name=said.name,
                short_name=said.short,
                since=said.since,
                until=said.until,
                parent=said.parent,
                address=said.address,
                phone=said.phone,
                link=said.link or "",
                congress=said.congress,
                term=said.term,
                mark=self.own_mark(said),
            )
            for name, said in keys.items()
        ]
        return tuple(sorted(made, key=lambda profile: profile.since))

    def own_mark(self, keys: ProfileKeys) -> MarkSpec | None:
        """A profile's own mark, which is official: a placeholder is nobody's."""
        if keys.mark is None:
            return None
        return replace(
            self.mark,
            art=self.artwork(keys.mark),
            placeholder=False,
            mono=self.artwork(keys.mono) if keys.mono is not None else None,
            reverse=self.artwork(keys.reverse) if keys.reverse is not None else None,
            span=keys.mark.span,
        )


def _impossible_days(profiles: Mapping[SourceText, ProfileKeys], *, many: bool) -> Iterator[Diagnostic]:
    """Yield a problem for a profile that ends before it begins, and where two speak on one day.

    ``many`` may: then each of them has products of its own.
    """
    before: list[SourceText] = []
    for name, keys in sorted(profiles.items(), key=lambda item: item[1].since):
        if keys.until is not None and keys.until < keys.since:
            facts = {"name": str(name), "since": str(keys.since), "until": str(keys.until)}
            yield Diagnostic("brand/no-days", name.span, facts)
            continue
        other = next((o for o in before if keys.since <= (profiles[o].until or date.max)), None)
        if other is not None and not many:
            facts = {"name": str(name), "other": str(other), "since": str(keys.since)}
            yield Diagnostic("brand/two-profiles", name.span, facts)
        before.append(name)


def _name(keys: DatedNameKeys) -> DatedName:
    return DatedName(keys.name, keys.short or keys.name, keys.since or date.min, keys.until or date.max)


def _wrong_names(word: SourceText, names: Sequence[DatedNameKeys]) -> Iterator[Diagnostic]:
    """Yield a problem where a name ends before it begins, or somebody has two on one day."""
    made = sorted(map(_name, names), key=lambda name: name.since)
    for name in made:
        if name.until < name.since:
            facts = {"name": name.name, "since": str(name.since), "until": str(name.until)}
            yield Diagnostic("brand/no-days", word.span, facts)
    for earlier, later in pairwise(made):
        if later.since <= earlier.until:
            facts = {"word": str(word), "name": later.name, "other": earlier.name, "since": str(later.since)}
            yield Diagnostic("brand/two-names", word.span, facts)
