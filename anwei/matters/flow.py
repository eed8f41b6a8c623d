"""A flow is data: states and moves. The same table draws the buttons, checks the rights and feeds the shape tests."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Move:
    """`needs` name words of the model (methods that return what is missing, or an empty text);
    `other_than` names an earlier move whose doer may not make this one; `asks` are the values a form asks for;
    `holder` names the model's word for the unit that holds the matter afterwards (None: unchanged)."""

    key: str
    label: str
    from_: tuple[str, ...]
    to: str
    may: str
    needs: tuple[str, ...] = ()
    other_than: str = ""
    asks: tuple[str, ...] = ()
    holder: str = ""
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    states: dict[str, str]
    start: str
    ends: frozenset[str]
    moves: tuple[Move, ...] = field(default=())

    def move(self, key: str) -> Move:
        for one in self.moves:
            if one.key == key:
                return one
        raise KeyError(f"flow has no move {key!r}")

    def from_state(self, state: str) -> list[Move]:
        return [one for one in self.moves if state in one.from_]

    def shape_problems(self) -> list[str]:
        """Every state reachable, every state has a way to an end, no move without a right, no unknown state."""
        problems = [f"move {m.key}: unknown state" for m in self.moves if {*m.from_, m.to} - self.states.keys()]
        problems += [f"move {m.key}: no right" for m in self.moves if not m.may]
        problems += [f"move {m.key}: leaves an end" for m in self.moves if set(m.from_) & self.ends]
        reached = self._closure({self.start}, forward=True)
        problems += [f"state {s}: never reached" for s in self.states if s not in reached]
        ending = self._closure(set(self.ends), forward=False)
        problems += [f"state {s}: no way to an end" for s in self.states if s not in ending]
        known = {m.key for m in self.moves}
        problems += [
            f"move {m.key}: other_than unknown" for m in self.moves if m.other_than and m.other_than not in known
        ]
        return problems

    def _closure(self, seen: set[str], *, forward: bool) -> set[str]:
        while True:
            more = set()
            for one in self.moves:
                if forward and seen & set(one.from_):
                    more.add(one.to)
                if not forward and one.to in seen:
                    more.update(one.from_)
            if more <= seen:
                return seen
            seen = seen | more
