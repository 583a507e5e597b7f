"""Problems that several jobs, pages or rows meet."""

from producer.diagnostics import Diagnostic, Level, Span, once


def test_a_problem_is_told_once() -> None:
    """The first of those that are the same in everything, in their order; by a coarser key, of those alike in it."""
    here, there = Span("a.yaml", 1), Span("a.yaml", 2)
    one, other = Diagnostic("a/b", here, {"row": "A1", "count": 2}), Diagnostic("a/b", there)
    again = Diagnostic("a/b", here, {"count": 2, "row": "A1"})
    warned = Diagnostic("a/b", there, level=Level.WARNING)

    assert once([one, other, again, warned, other]) == (one, other, warned)
    assert once([one, other, warned], lambda problem: problem.code) == (one,)
