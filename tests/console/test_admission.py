"""A flood from one place keeps nobody else out, and least of all the technician."""

from __future__ import annotations

import ipaddress

from hypothesis import given
from hypothesis import strategies as st

from console.admission import Admission, AdmissionRules, Refusal, Ticket, is_within, source_of

RULES = AdmissionRules(total=10, reserved=2, per_source=3, strangers=6)
TECHNICIAN = "192.168.0.241"


def taken(answer: Ticket | Refusal) -> Ticket:
    assert isinstance(answer, Ticket)
    return answer


def test_one_source_cannot_take_every_place() -> None:
    admission = Admission(RULES)
    answers = [admission.ask("10.0.0.1", 0) for _ in range(5)]
    assert answers[3:] == [Refusal.TOO_MANY_FROM_SOURCE] * 2
    taken(admission.ask("10.0.0.2", 0))


def test_an_ipv6_network_counts_as_one_source() -> None:
    admission = Admission(RULES)
    for number in range(3):
        taken(admission.ask(f"2001:db8::{number}", 0))
    assert admission.ask("2001:db8::ffff", 0) is Refusal.TOO_MANY_FROM_SOURCE


def test_an_ipv4_address_in_ipv6_clothes_is_the_same_source() -> None:
    assert source_of("::ffff:10.0.0.1") == source_of("10.0.0.1") == "10.0.0.1"
    assert is_within("::ffff:192.168.0.241", RULES.service_networks)


def test_a_zone_after_an_address_changes_nothing() -> None:
    assert source_of("fe80::1%eth0") == source_of("fe80::2%eth1")


def test_the_technician_gets_in_while_strangers_fill_every_other_place() -> None:
    admission = Admission(RULES)
    for number in range(20):
        admission.ask(f"10.0.{number}.1", 0)
    assert admission.ask("10.1.0.1", 0) is Refusal.TOO_MANY_STRANGERS
    taken(admission.ask(TECHNICIAN, 0))


def test_the_technician_gets_in_while_known_people_fill_every_other_place() -> None:
    admission = Admission(RULES)
    for number in range(8):
        admission.known(taken(admission.ask(f"10.0.{number}.1", 0)))
    assert admission.ask("10.1.0.1", 0) is Refusal.FULL
    taken(admission.ask(TECHNICIAN, 0))
    taken(admission.ask("192.168.0.249", 0))
    assert admission.ask("192.168.0.242", 0) is Refusal.FULL


def test_a_source_that_keeps_failing_is_shut_out_longer_each_time() -> None:
    admission = Admission(AdmissionRules(failures_free=2, penalty_s=5))
    ticket = taken(admission.ask("10.0.0.1", 0))
    admission.failed(ticket, 0)
    taken(admission.ask("10.0.0.1", 0))
    admission.failed(ticket, 0)
    assert admission.ask("10.0.0.1", 4.9) is Refusal.PENALTY
    taken(admission.ask("10.0.0.1", 5.0))
    admission.failed(ticket, 5.0)
    assert admission.ask("10.0.0.1", 14.9) is Refusal.PENALTY
    taken(admission.ask("10.0.0.1", 15.0))


def test_a_log_in_clears_the_failures_of_its_source() -> None:
    admission = Admission(AdmissionRules(failures_free=2))
    ticket = taken(admission.ask("10.0.0.1", 0))
    admission.failed(ticket, 0)
    admission.known(ticket)
    admission.failed(ticket, 0)
    taken(admission.ask("10.0.0.1", 0))


def test_the_technician_is_never_shut_out() -> None:
    admission = Admission(RULES)
    ticket = taken(admission.ask(TECHNICIAN, 0))
    for _ in range(50):
        admission.failed(ticket, 0)
    taken(admission.ask(TECHNICIAN, 0))


def test_looking_at_the_station_without_a_try_weighs_less_than_a_wrong_password() -> None:
    admission = Admission(RULES)
    ticket = taken(admission.ask("10.0.0.1", 0))
    for _ in range(10):
        admission.failed(ticket, 0, silently=True)
    taken(admission.ask("10.0.0.1", 0))


def test_sources_beyond_count_are_forgotten() -> None:
    admission = Admission(AdmissionRules(total=100_000, strangers=100_000))
    for number in range(3000):
        address = str(ipaddress.IPv4Address(0x0A000000 + number))
        ticket = taken(admission.ask(address, number))
        admission.failed(ticket, number)
        admission.left(ticket, was_known=False)
    assert len(admission._sources) <= 1000


ADDRESSES = st.sampled_from(
    ["10.0.0.1", "10.0.0.2", "2001:db8::1", "2001:db8:0:1::2", TECHNICIAN, "192.168.0.249"]
)
STEPS = st.lists(
    st.tuples(st.sampled_from(["ask", "left", "known", "failed"]), ADDRESSES, st.integers(0, 9)), max_size=60
)


@given(STEPS)
def test_no_cap_is_ever_exceeded_and_everything_is_given_back(steps: list[tuple[str, str, int]]) -> None:
    admission = Admission(RULES)
    inside: list[tuple[Ticket, bool]] = []
    for now, (what, address, which) in enumerate(steps):
        if what == "ask":
            answer = admission.ask(address, now)
            if isinstance(answer, Ticket):
                inside.append((answer, False))
        elif inside:
            ticket, known = inside[which % len(inside)]
            if what == "left":
                inside.remove((ticket, known))
                admission.left(ticket, was_known=known)
            elif what == "failed":
                admission.failed(ticket, now)
            elif not known:
                inside[inside.index((ticket, False))] = (ticket, True)
                admission.known(ticket)
        assert admission.connected == len(inside) <= RULES.total
        outside = [ticket for ticket, _ in inside if not ticket.service]
        assert len(outside) <= RULES.total - RULES.reserved
        strangers = [ticket for ticket, known in inside if not known and not ticket.service]
        assert len(strangers) <= RULES.strangers
        for source in {ticket.source for ticket, _ in inside}:
            assert sum(ticket.source == source for ticket, _ in inside) <= RULES.per_source
    for ticket, known in inside:
        admission.left(ticket, was_known=known)
    assert admission.connected == 0
    taken(admission.ask(TECHNICIAN, 1000))


@given(st.text(max_size=50))
def test_any_address_is_some_source(address: str) -> None:
    assert isinstance(source_of(address), str)
    assert is_within(address, RULES.service_networks) in (True, False)
