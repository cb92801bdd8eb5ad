"""Declare the terms of vocabularies for SDGs, organisations, mappings and data catalogues."""

# ruff: noqa: N815  (the names are the terms' own spelling)

from __future__ import annotations

from ontology.namespace import Namespace


class SdgOntologyTerms(Namespace, base="http://metadata.un.org/sdg/ontology#"):
    """Hold the terms of the UN's SDG ontology."""

    __slots__ = ()

    Goal: str
    Indicator: str
    SDGCode: str
    SDGCodeCompact: str
    SDGCodePerm: str
    Series: str
    Target: str
    hasIndicator: str
    hasTarget: str
    isIndicatorOf: str
    isTargetOf: str
    tier: str


class OrgTerms(Namespace, base="http://www.w3.org/ns/org#"):
    """Hold terms of the Organization Ontology."""

    __slots__ = ()

    Organization: str
    OrganizationalUnit: str
    hasUnit: str
    unitOf: str


class OaTerms(Namespace, base="http://www.w3.org/ns/oa#"):
    """Hold Web Annotation terms."""

    __slots__ = ()

    SpecificResource: str
    TextPositionSelector: str
    TextQuoteSelector: str
    end: str
    exact: str
    hasSelector: str
    hasSource: str
    prefix: str
    start: str
    suffix: str


class SssomTerms(Namespace, base="https://w3id.org/sssom/"):
    """Hold terms of the Simple Standard for Sharing Ontological Mappings."""

    __slots__ = ()

    Mapping: str
    MappingSet: str
    author_id: str
    author_label: str
    comment: str
    confidence: str
    mapping_date: str
    mapping_justification: str
    mapping_set_id: str
    mappings: str
    object_id: str
    object_label: str
    predicate_id: str
    reviewer_id: str
    reviewer_label: str
    subject_id: str
    subject_label: str


class SemapvTerms(Namespace, base="https://w3id.org/semapv/vocab/"):
    """Hold mapping justifications."""

    __slots__ = ()

    LexicalMatching: str
    LogicalReasoning: str
    ManualMappingCuration: str
    MappingReview: str
    SemanticSimilarityThresholdMatching: str


class EliTerms(Namespace, base="http://data.europa.eu/eli/ontology#"):
    """Hold terms of the European Legislation Identifier."""

    __slots__ = ()

    LegalResource: str


class CoreOrganisationTerms(Namespace, base="http://data.europa.eu/m8g/"):
    """Hold terms of the EU core public organisation vocabulary."""

    __slots__ = ()

    PublicOrganisation: str


class DcatTerms(Namespace, base="http://www.w3.org/ns/dcat#"):
    """Hold DCAT terms."""

    __slots__ = ()

    Catalog: str
    DataService: str
    Dataset: str
    Distribution: str
    accessService: str
    accessURL: str
    byteSize: str
    dataset: str
    distribution: str
    downloadURL: str
    endpointDescription: str
    endpointURL: str
    keyword: str
    landingPage: str
    mediaType: str
    servesDataset: str
    service: str
    theme: str
    themeTaxonomy: str


class DcatDeTerms(Namespace, base="http://dcat-ap.de/def/dcatde/"):
    """Hold terms of the German catalogue profile."""

    __slots__ = ()

    licenseAttributionByText: str
    politicalGeocodingLevelURI: str
    politicalGeocodingURI: str


class VoidTerms(Namespace, base="http://rdfs.org/ns/void#"):
    """Hold VoID terms."""

    __slots__ = ()

    Dataset: str
    DatasetDescription: str
    classPartition: str
    classes: str
    dataDump: str
    distinctObjects: str
    distinctSubjects: str
    entities: str
    exampleResource: str
    feature: str
    properties: str
    property: str
    propertyPartition: str
    sparqlEndpoint: str
    subset: str
    triples: str
    uriSpace: str
    vocabulary: str


class VannTerms(Namespace, base="http://purl.org/vocab/vann/"):
    """Hold the vocabulary for annotating vocabularies."""

    __slots__ = ()

    preferredNamespacePrefix: str
    preferredNamespaceUri: str


class FoafTerms(Namespace, base="http://xmlns.com/foaf/0.1/"):
    """Hold FOAF terms."""

    __slots__ = ()

    Agent: str
    homepage: str
    name: str
    page: str
    primaryTopic: str
