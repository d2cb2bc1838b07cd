"""A figure beside what it should be."""

from __future__ import annotations

from dataclasses import dataclass

HEAD = ("what", "measured", "target", "verdict")


@dataclass(frozen=True)
class Figure:
    """What was measured; without a limit it is only told."""

    what: str
    value: float
    #: Written behind the number, with a space unless it is ``×``.
    unit: str
    #: The most that is good enough.
    limit: float | None = None

    @property
    def met(self) -> bool:
        """Whether it is good enough."""
        return self.limit is None or self.value <= self.limit

    def row(self) -> list[str]:
        """A row of the table below :data:`HEAD`."""
        if self.limit is None:
            return [self.what, _with_unit(self.value, self.unit), "", ""]
        verdict = "met" if self.met else "**missed**"
        target = f"≤ {self.limit:g}" + _space(self.unit)
        return [self.what, _with_unit(self.value, self.unit), target, verdict]


def _with_unit(value: float, unit: str) -> str:
    # Three digits that count, and no more behind the point than are known.
    number = f"{value:.0f}" if value >= 100 else f"{value:.3g}" if value >= 1 else f"{value:.2f}"
    return number + _space(unit)


def _space(unit: str) -> str:
    return unit if unit == "×" else f" {unit}"
