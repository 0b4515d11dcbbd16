"""What operators are given to look at: of figures that exist, and on a night as it may go."""

import json
import re
from pathlib import Path

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from integration.services import counting
from jobs import schedule
from tests.api.admitted import act, admitted, enter, run_out, waiting
from tests.support.launches import make_guest, make_launch

FILES = Path(__file__).parents[2] / "docs" / "operations"
NAMES = re.compile(r"\bfanfare_\w+")
LABELS = re.compile(r"(?:by \(([\w, ]+)\))|(\w+)=~?\"")
SUFFIXES = {"histogram": ["_bucket", "_count", "_sum"], "counter": ["_total"], "gauge": [""]}


def families(client):
    answer = client.get("/metrics")
    assert answer.status_code == 200
    return list(text_string_to_metric_families(answer.text))


def figures(client):
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in families(client)
        for sample in family.samples
    }


def dashboard():
    board = json.loads((FILES / "grafana.json").read_text())
    return [
        (panel["title"], target["expr"])
        for panel in board["panels"]
        for target in panel.get("targets", [])
    ]


def alerts():
    [group] = yaml.safe_load((FILES / "alerts.yml").read_text())["groups"]
    return [(rule["alert"], rule["expr"]) for rule in group["rules"]]


@pytest.fixture
def night(client, rt, merchant):
    """A bit of everything, so that every figure has something to tell."""
    launch = make_launch(rt, merchant)
    admitted(client, rt, merchant, launch)
    waiting(client, merchant, launch, 2)
    for name in (
        "job_failures:job=handle_notice",
        "clock_failures:step=x",
        "jobs_done:queue=orders",
    ):
        rt.tally.add((f"count:{name}", 1))
    client.get("/nowhere")
    schedule.tick(rt)
    return launch


@pytest.mark.usefixtures("night")
@pytest.mark.parametrize("shown", [dashboard(), alerts()], ids=["dashboard", "alerts"])
def test_whatever_is_shown_exists(client, shown):
    found = families(client)
    known = {family.name + end for family in found for end in SUFFIXES[family.type]}
    labels = {name for family in found for sample in family.samples for name in sample.labels}

    named = {name: title for title, expr in shown for name in NAMES.findall(expr)}
    used = {
        label
        for _, expr in shown
        for listed, compared in LABELS.findall(expr)
        for label in [*re.findall(r"\w+", listed), compared]
        if label
    }

    assert named
    assert {name: title for name, title in named.items() if name not in known} == {}
    assert used - labels - {"le"} == set()


def test_every_panel_and_every_rule_says_what_it_is_for():
    board = json.loads((FILES / "grafana.json").read_text())
    [group] = yaml.safe_load((FILES / "alerts.yml").read_text())["groups"]

    panels = [panel for panel in board["panels"] if panel["type"] != "row"]
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])
    assert all(panel["title"] and panel["description"] for panel in panels)
    assert all({"summary", "action"} <= rule["annotations"].keys() for rule in group["rules"])


def test_the_funnel_is_told_by_kind_and_step(client, rt, merchant):
    launch = make_launch(rt, merchant)
    before = figures(client)
    guest, _ = admitted(client, rt, merchant, launch)
    act(client, merchant, launch, "complete", consumerId=guest.consumer_id)
    counting.count(rt)

    after = figures(client)

    for step in ("entered", "admitted", "checked_out", "completed"):
        name = ("fanfare_funnel_total", ("kind", "queue"), ("step", step))
        assert after[name] == before.get(name, 0) + 1, step


def test_only_the_busiest_lines_have_series_of_their_own(client, rt, merchant):
    launches = [make_launch(rt, merchant) for _ in range(22)]
    guest = make_guest(client, merchant)
    for launch in launches:
        enter(client, launch, guest)
    enter(client, launches[7], make_guest(client, merchant))

    found = {
        dict(labels)["distribution"]: value
        for (name, *labels), value in figures(client).items()
        if name == "fanfare_line_waiting"
    }

    assert len(found) == 20
    assert found[launches[7].queue_id] == 2


def test_refusals_are_told_by_code_whoever_answers(client, rt, merchant):
    launch = make_launch(rt, merchant, state="ended")
    guest = make_guest(client, merchant)
    name = ("fanfare_refusals_total", ("code", "CLOSED"))
    before = figures(client).get(name, 0)

    client.post(f"/api/v1/queues/{launch.queue_id}/enter", headers=guest.headers)

    assert figures(client)[name] == before + 1


def test_groups_of_entries_are_told_by_size_and_time(client, rt, merchant):
    def of(name):
        return figures(client).get((f"fanfare_batch_{name}", ("what", "entries")), 0)

    before = {name: of(name) for name in ("size_sum", "size_count", "seconds_count")}

    waiting(client, merchant, make_launch(rt, merchant), 3)

    assert {name: of(name) - before[name] for name in before} == dict.fromkeys(before, 3)
    assert of("seconds_sum") > 0


def test_a_clock_that_is_behind_shows(client, rt, merchant):
    launch = make_launch(rt, merchant)
    admitted(client, rt, merchant, launch)
    counting.count(rt)
    well = figures(client)
    run_out(rt, launch)
    waiting(client, merchant, launch, 1)

    behind = figures(client)

    for name in ("fanfare_clock_lag_seconds", "fanfare_counting_lag_seconds"):
        assert (well[name,], behind[name,] > 0) == (0, True), name


def test_the_engines_tell_how_they_do(client):
    found = figures(client)

    assert found["fanfare_postgres_connections",] >= 1
    assert found["fanfare_valkey_memory_bytes",] > 0
    assert found["fanfare_postgres_answer_seconds",] > 0
    assert found["fanfare_valkey_answer_seconds",] > 0
