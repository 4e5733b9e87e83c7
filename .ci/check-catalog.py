"""Reads a catalog as RDF: what JSON-LD makes of it is DCAT, complete, and without relative addresses."""

import sys

from rdflib import RDF, Graph, Namespace, URIRef

DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")

NEEDED = {
    DCAT.Catalog: [DCTERMS.title, DCTERMS.description, DCTERMS.modified, DCAT.dataset, DCAT.service],
    DCAT.Dataset: [
        DCTERMS.title,
        DCTERMS.description,
        DCTERMS.identifier,
        DCTERMS.publisher,
        DCTERMS.temporal,
        DCTERMS.issued,
        DCTERMS.modified,
        DCTERMS.license,
        DCTERMS.source,
        DCAT.version,
        DCAT.landingPage,
        DCAT.distribution,
    ],
    DCAT.Distribution: [DCTERMS.title, DCAT.accessURL],
    DCAT.DataService: [DCTERMS.title, DCAT.endpointURL, DCAT.endpointDescription, DCAT.servesDataset],
    DCTERMS.PeriodOfTime: [DCAT.startDate, DCAT.endDate],
    FOAF.Organization: [FOAF.name],
}

graph = Graph().parse(sys.argv[1], format="json-ld", publicID="relative:")
faults = []
for kind, properties in NEEDED.items():
    found = list(graph.subjects(RDF.type, kind))
    if not found:
        faults.append(f"nothing is a {kind}")
    for subject in found:
        faults += [f"{subject} has no {name}" for name in properties if (subject, name, None) not in graph]
for triple in graph:
    faults += [f"{term} is relative" for term in triple if isinstance(term, URIRef) and term.startswith("relative:")]
    # A literal whose text is no date or number has no value.
    term = triple[2]
    if getattr(term, "datatype", None) is not None and term.value is None:
        faults.append(f"{term!r} is not of its type")
for fault in faults:
    print(fault, file=sys.stderr)
print(f"rdflib: the catalog is DCAT, {len(graph)} triples" if not faults else "the catalog is not right", file=sys.stderr)
sys.exit(bool(faults))
