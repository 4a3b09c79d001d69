"""Rules of classes: none contradicts another, no worse class asks more."""

from megler.carriers.rules.checking.class_rules import asks
from megler.carriers.rules.ratings import ClassRule
from megler.carriers.rules.when.reading import read_when
from megler.vocabulary.problems import Problem, Severity
from tests.carriers.books import problems, with_cell
from tests.carriers.manuals import manual

RULES, NICOTINE = "rules.csv", "nicotine.csv"


def told(files: dict[str, bytes]) -> list[tuple[str, str]]:
    return [(p.code, p.where) for p in problems(files)]


def rules(*rows: str) -> dict[str, bytes]:
    return manual(rules="class,requires,when,text,page\n" + "".join(f"{row},,,\n" for row in rows))


def only(files: dict[str, bytes]) -> Problem:
    (found,) = problems(files)
    return found


def test_two_rules_that_nobody_meets_both_of_contradict() -> None:
    found = only(rules("preferred,age > 50", "preferred,age < 40"))
    assert (found.code, found.where) == ("rules_contradict", f"{RULES} row 3 column requires")
    assert found.expected == "what row 2 allows"


def test_rules_of_every_class_count_too() -> None:
    found = only(rules("any,age > 50", "preferred,age < 40"))
    assert found.code == "rules_contradict"


def test_rules_for_different_people_do_not_contradict() -> None:
    text = "class,requires,when,text,page\npreferred,bmi > 30,sex == 'male',,\n"
    text += "preferred,bmi < 25,sex == 'female',,\n"
    assert told(manual(rules=text)) == []


def test_a_rule_twice_is_told() -> None:
    assert told(rules("preferred,age > 50", "preferred,age > 50")) == [
        ("duplicate_key", f"{RULES} row 3 column requires")
    ]


def test_a_rule_that_nobody_meets_is_told() -> None:
    assert told(rules("preferred,age > 50 and age < 40")) == [
        ("rule_never_met", f"{RULES} row 2 column requires")
    ]


def test_a_rule_that_everybody_meets_is_told() -> None:
    found = only(rules("preferred,age > 50 or age <= 50"))
    assert (found.code, found.severity) == ("rule_says_nothing", Severity.WARNING)


def test_a_worse_class_that_asks_more_is_told() -> None:
    found = only(rules("standard,count('dui') == 0"))
    assert (found.code, found.found) == ("class_asks_more", "count(dui) 1")
    assert told(rules("preferred,count('dui') == 0", "standard,count('dui') <= 1")) == []
    assert told(rules("any,count('dui') == 0", "standard,count('dui') == 0")) == []


def test_what_a_better_class_asks_by_its_criteria_counts() -> None:
    assert told(rules("standard,systolic <= 250")) == []
    assert told(rules("standard,systolic <= 100"))[0][0] == "class_asks_more"


def test_a_rule_holds_of_those_whom_it_does_not_concern() -> None:
    rule = ClassRule("preferred", read_when("age > 50"), read_when("sex == 'male'"))
    assert asks(rule) == read_when("not sex == 'male' or age > 50")


def test_a_nicotine_row_stands_once() -> None:
    files = with_cell(manual(), NICOTINE, 3, "product", "any")
    assert told(files)[0] == ("duplicate_key", f"{NICOTINE} row 3")


def test_more_months_of_a_worse_class_are_told() -> None:
    files = with_cell(manual(), NICOTINE, 4, "free_months", "36")
    assert ("criteria_do_not_ease", f"{NICOTINE} row 4 column free_months") in told(files)


def test_how_often_in_a_shorter_time_is_part_of_how_often_in_a_longer_one() -> None:
    longer, shorter = "preferred,\"count('dui', 120) == 0\"", "standard,\"count('dui', 60) == 0\""
    assert told(rules(longer, shorter)) == []
    assert (
        told(
            rules(shorter.replace("standard", "preferred"), longer.replace("preferred", "standard"))
        )[0][0]
        == "class_asks_more"
    )
