"""One lane at a time for each name."""

from jobs.gates import Gates


def test_one_is_inside_and_others_are_somewhere_else():
    gates = Gates()

    assert [gates.enter("a"), gates.enter("a"), gates.enter("b")] == [True, False, True]


def test_who_heard_a_knock_stays_and_looks_again():
    gates = Gates()
    gates.enter("a")
    gates.enter("a")

    assert [gates.leave("a"), gates.leave("a"), gates.enter("a")] == [False, True, True]


def test_who_gives_up_leaves_whoever_has_knocked():
    gates = Gates()
    gates.enter("a")
    gates.enter("a")

    gates.drop("a")

    assert gates.enter("a")
