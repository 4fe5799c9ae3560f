"""The verdict: what counts, what was overruled, what was known; and the digest of what was checked."""

from hengliang.base.finding import Severity, Undecidable
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.review.baseline import fingerprint
from hengliang.review.suppress import Suppression
from hengliang.review.verdict import Counts, digest, total
from tests.factories import finding, form, indicator, proposal, safe, verdict


def test_findings_are_in_one_place_each() -> None:
    of = form(indicator("甲"), indicator("乙"), indicator("丙"))
    found = [finding("V98", f"indicators/{number}/target") for number in range(3)]
    known = frozenset({fingerprint(of, found[1])})
    made = verdict(of, found, suppressions=[Suppression("V98", "甲", "r", "b")], baseline=known)
    assert made.findings == (found[2],)
    assert made.known == (found[1],)
    assert [one.finding for one in made.suppressed] == [found[0]]
    assert made.counts.errors == made.counts.known == made.counts.suppressed == 1


def test_counts() -> None:
    of = form()
    made = verdict(
        of,
        [
            finding(fix=safe("organisation", "测试市自然资源局", "x")),
            finding(severity=Severity.WARNING, fix=proposal("fiscal_year", "2026", "2027")),
            finding(severity=Severity.ADVICE),
        ],
        [Undecidable("I98", (Spot(""),), message("cut off"))],
    )
    assert made.counts == Counts(errors=1, warnings=1, advice=1, undecidable=1, safe_fixes=1, proposals=1)
    assert total([made.counts, made.counts]).errors == 2
    assert total([]) == Counts()


def test_digest_is_of_the_contents() -> None:
    assert digest(form(indicator())) == digest(form(indicator()))
    assert digest(form(indicator(points="3"))) != digest(form(indicator(points="3.0")))
    assert digest(form(indicator("甲"))) != digest(form(indicator("乙")))


def test_digest_stays_as_it_is() -> None:
    """Digests are kept in records of years: a change of the model must not change those of old forms."""
    assert digest(form()) == "88c9689fa808e807e11721c95a39f1a514aee85b3cd87cc82175980e1258307e"
