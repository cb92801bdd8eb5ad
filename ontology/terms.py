"""Declare the classes and properties of the Kreislaufstadt ontology."""

# ruff: noqa: N815  (the names are the terms' own spelling)

from __future__ import annotations

from ontology.namespace import Namespace

BASE = "https://w3id.org/kreislaufstadt/"


class KreislaufstadtTerms(Namespace, base=BASE + "ontology#"):
    """Hold the terms, in the order of the modules they are defined in."""

    __slots__ = ()

    # core: documents and what they contain
    ActionPlan: str
    Aim: str
    ConceptType: str
    Document: str
    Element: str
    EvidenceKind: str
    FieldOfAction: str
    Goal: str
    GovernanceProcess: str
    GovernanceStructure: str
    Instrument: str
    LegalCharacter: str
    Measure: str
    MeasureStatus: str
    MunicipalConcept: str
    PlanningDocument: str
    Product: str
    StrategicApproach: str
    StrategyComponent: str
    ThesaurusConcept: str
    Vision: str
    actionPlanOf: str
    aimOf: str
    broaderAim: str
    budgetInvestment: str
    budgetOperating: str
    budgetReference: str
    componentOf: str
    conceptType: str
    conflictsWithElement: str
    contributesTo: str
    costEstimate: str
    costText: str
    dependsOn: str
    derivation: str
    derivationOf: str
    fieldOf: str
    fixHint: str
    fundingText: str
    ghgSavingText: str
    hasActionPlan: str
    hasComponent: str
    hasContribution: str
    hasMeasure: str
    hasPart: str
    inField: str
    legalCharacter: str
    legalCharacterOf: str
    level: str
    measureOf: str
    measureStatus: str
    mentionedIn: str
    mentionsConcept: str
    narrowerAim: str
    notMeantLabel: str
    originalColumn: str
    page: str
    partOf: str
    planText: str
    plannedEndYear: str
    plannedStartYear: str
    prerequisiteFor: str
    priority: str
    relatedElement: str
    resolution: str
    setsAim: str
    shortName: str
    sourceRow: str
    statusOfMeasure: str
    statusText: str
    targetGroup: str
    timeText: str
    typeOfConcept: str

    # interface: links, their evidence and their review
    Assessment: str
    AssessmentMethod: str
    ConfirmedInterface: str
    ConflictInterface: str
    Evidence: str
    Interface: str
    InterfaceKind: str
    Link: str
    LinkRelation: str
    ReferenceLink: str
    RejectedInterface: str
    Review: str
    ReviewStatus: str
    assessedAgainst: str
    assessedFor: str
    assessmentMethod: str
    citedIn: str
    confidence: str
    connectedFrom: str
    connectsTo: str
    directlySupportedBy: str
    evidenceFor: str
    evidenceSource: str
    hasEvidence: str
    hinderedBy: str
    hindersAim: str
    interfaceKind: str
    interfaceSource: str
    interfaceTarget: str
    kindOfInterface: str
    linkRelation: str
    linkSource: str
    linkSourceOf: str
    linkTarget: str
    linkTargetOf: str
    methodOf: str
    quote: str
    rationale: str
    relationOf: str
    reviewStatus: str
    reviewed: str
    reviewedAt: str
    reviewedBy: str
    sourceOf: str
    statusOf: str
    strength: str
    supportedBy: str
    supportsAim: str
    supportsAimDirectly: str
    targetOf: str
    touchedBy: str
    touchesAim: str

    # indicator
    BaselineValue: str
    ImpactIndicator: str
    Indicator: str
    IndicatorKind: str
    IndicatorValue: str
    ObservedValue: str
    OutputIndicator: str
    SuccessIndicator: str
    TargetValue: str
    alignsWithSdgIndicator: str
    desiredDirection: str
    hasRelevantIndicator: str
    hasValue: str
    indicatorKind: str
    informedBy: str
    informsAim: str
    kindOfIndicator: str
    measuredBy: str
    measures: str
    numericValue: str
    relevantIndicatorOf: str
    sdgIndicatorAlignedFrom: str
    unitSymbol: str
    unitText: str
    valueOf: str
    year: str

    # actor
    Actor: str
    ActorRole: str
    AdministrativeUnit: str
    Involvement: str
    Municipality: str
    actorInvolvedIn: str
    actorRole: str
    ags: str
    ars: str
    forMunicipality: str
    hasInvolvedRole: str
    hasInvolvement: str
    involvedActor: str
    involvementIn: str
    involvesActor: str
    municipalityOf: str
    responsibleActor: str
    responsibleFor: str
    roleIn: str

    # circular
    CircularStrategy: str
    InstrumentType: str
    RStrategy: str
    ValueChain: str
    appliesRStrategy: str
    coversRStrategy: str
    economicDevelopmentRole: str
    inValueChain: str
    instrumentType: str
    instrumentTypeUsedBy: str
    instrumentUsedBy: str
    rLevel: str
    rStrategyAppliedBy: str
    rStrategyCoveredBy: str
    typeOfInstrument: str
    typicalRStrategy: str
    typicalRStrategyOf: str
    typicalValueChain: str
    typicalValueChainOf: str
    usesInstrument: str
    usesInstrumentType: str
    valueChainOf: str

    # framework
    DisclosureTopic: str
    EnvironmentalObjective: str
    FrameworkAim: str
    LegalAct: str
    PolicyFramework: str
    correspondsTo: str
    frameworkKind: str
    governanceLevel: str
    keyFigures: str
    statusAsOf: str
    statusNote: str
    supersededBy: str
    supersedes: str
    validFrom: str
