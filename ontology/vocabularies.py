"""Declare the terms of the W3C and Dublin Core vocabularies that the graph uses."""

# ruff: noqa: N815  (the names are the terms' own spelling)

from __future__ import annotations

from ontology.namespace import Namespace


class RdfTerms(Namespace, base="http://www.w3.org/1999/02/22-rdf-syntax-ns#"):
    """Hold RDF terms."""

    __slots__ = ()

    first: str
    langString: str
    nil: str
    rest: str
    type: str


class RdfsTerms(Namespace, base="http://www.w3.org/2000/01/rdf-schema#"):
    """Hold RDF Schema terms."""

    __slots__ = ()

    comment: str
    domain: str
    isDefinedBy: str
    label: str
    range: str
    seeAlso: str
    subClassOf: str
    subPropertyOf: str


class OwlTerms(Namespace, base="http://www.w3.org/2002/07/owl#"):
    """Hold OWL 2 terms."""

    __slots__ = ()

    AllDifferent: str
    AllDisjointClasses: str
    AnnotationProperty: str
    AsymmetricProperty: str
    Class: str
    DatatypeProperty: str
    FunctionalProperty: str
    InverseFunctionalProperty: str
    IrreflexiveProperty: str
    Nothing: str
    ObjectProperty: str
    Ontology: str
    ReflexiveProperty: str
    Restriction: str
    SymmetricProperty: str
    TransitiveProperty: str
    deprecated: str
    disjointWith: str
    distinctMembers: str
    equivalentClass: str
    hasValue: str
    imports: str
    intersectionOf: str
    inverseOf: str
    members: str
    onProperty: str
    priorVersion: str
    propertyChainAxiom: str
    propertyDisjointWith: str
    sameAs: str
    someValuesFrom: str
    versionIRI: str
    versionInfo: str


class XsdTerms(Namespace, base="http://www.w3.org/2001/XMLSchema#"):
    """Hold the datatypes in use; `gYear` is left out, since the reasoner stops on it."""

    __slots__ = ()

    anyURI: str
    boolean: str
    date: str
    dateTime: str
    decimal: str
    double: str
    integer: str
    string: str


class SkosTerms(Namespace, base="http://www.w3.org/2004/02/skos/core#"):
    """Hold SKOS terms."""

    __slots__ = ()

    Concept: str
    ConceptScheme: str
    altLabel: str
    broadMatch: str
    broader: str
    closeMatch: str
    definition: str
    editorialNote: str
    exactMatch: str
    example: str
    hasTopConcept: str
    hiddenLabel: str
    inScheme: str
    narrowMatch: str
    narrower: str
    notation: str
    note: str
    prefLabel: str
    related: str
    relatedMatch: str
    scopeNote: str
    topConceptOf: str


class ProvTerms(Namespace, base="http://www.w3.org/ns/prov#"):
    """Hold PROV-O terms."""

    __slots__ = ()

    Activity: str
    Agent: str
    Entity: str
    Plan: str
    SoftwareAgent: str
    endedAtTime: str
    generatedAtTime: str
    hadPrimarySource: str
    invalidatedAtTime: str
    startedAtTime: str
    used: str
    wasAssociatedWith: str
    wasAttributedTo: str
    wasDerivedFrom: str
    wasGeneratedBy: str
    wasInformedBy: str
    wasInvalidatedBy: str
    wasRevisionOf: str


class DctermsTerms(Namespace, base="http://purl.org/dc/terms/"):
    """Hold Dublin Core terms."""

    __slots__ = ()

    bibliographicCitation: str
    conformsTo: str
    created: str
    creator: str
    date: str
    description: str
    extent: str
    format: str
    hasPart: str
    identifier: str
    isPartOf: str
    issued: str
    language: str
    license: str
    modified: str
    publisher: str
    rights: str
    source: str
    spatial: str
    subject: str
    title: str
    type: str
    valid: str


class ShaclTerms(Namespace, base="http://www.w3.org/ns/shacl#"):
    """Hold SHACL terms."""

    __slots__ = ()

    Info: str
    NodeShape: str
    PropertyShape: str
    ValidationReport: str
    ValidationResult: str
    Violation: str
    Warning: str
    conforms: str
    detail: str
    focusNode: str
    message: str
    path: str
    property: str
    result: str
    resultMessage: str
    resultPath: str
    resultSeverity: str
    severity: str
    sourceConstraint: str
    sourceConstraintComponent: str
    sourceShape: str
    sparql: str
    targetClass: str
    value: str
