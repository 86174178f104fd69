"""Making the index and the digests opens everybody: no page leads there."""

import grimp
import pytest

PASSAGE = "kalka.access.indexing"
MAKING = {"kalka.people.indexing", "kalka.people.identifying"}
MAKERS = {"kalka.people.tasks", "kalka.worker.periodic", "kalka.cli.searching", "kalka.demo.simulate.running"}
PAGES = ("kalka.desk", "kalka.portal", "kalka.api", "config.urls")


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph("kalka", "config")


def importers(graph, module: str) -> set[str]:
    return {one for one in graph.find_modules_that_directly_import(module) if ".tests." not in one}


def test_one_module_alone_may_open_all_names_and_few_may_start_it(graph):
    assert importers(graph, PASSAGE) == MAKING
    assert set().union(*(importers(graph, one) for one in MAKING)) == MAKERS


def test_no_page_leads_to_it(graph):
    views = {one for one in graph.modules if one.endswith((".views", ".urls")) or ".views." in one}
    pages = views | {one for one in graph.modules if one.startswith(PAGES)}
    pages -= {one for one in pages if ".tests" in one}
    assert len(pages) > 60
    assert [one for one in sorted(pages) if graph.find_shortest_chain(one, PASSAGE)] == []
