"""Name every failure once, with a stable code.

KreislaufstadtError
├── UserError                 the input can be mended by the person who gave it (exit 2, HTTP 4xx)
│   ├── UnreadableFile        unreadable-file
│   ├── UnknownIri            unknown-iri
│   ├── UnknownStatement      unknown-statement
│   ├── UnknownName           unknown-name
│   ├── BadParameter          bad-parameter
│   ├── BadEncoding           bad-encoding
│   ├── BadQuery              bad-query
│   ├── ForbiddenQuery        forbidden-query
│   ├── TooManyQueries        too-many-queries
│   ├── BadMeasure            bad-measure
│   ├── BackupRefused         backup-refused
│   ├── BackupBroken          backup-broken
│   ├── NotAuthorised         not-authorised
│   ├── NotAllowed            not-allowed
│   ├── LoginNeeded           login-needed
│   ├── TooManyAttempts       too-many-attempts
│   ├── FormRefused           form-refused
│   ├── ReviewOutdated        review-outdated
│   ├── SecondPersonNeeded    second-person-needed
│   ├── UnknownJob            unknown-job
│   ├── JobEnded              job-ended
│   ├── GraphProtected        graph-protected
│   ├── GraphNotNamed         graph-not-named
│   ├── GraphChanged          graph-changed
│   ├── BadRdf                bad-rdf
│   ├── ShapeViolated         shape-violated
│   ├── NothingLoaded         nothing-loaded
│   ├── NoDataset             no-dataset
│   ├── ReferenceInvalid      reference-invalid
│   └── SettingInvalid        setting-invalid
└── ServiceError              the service could not answer (exit 1, HTTP 5xx)
    ├── QueryTooSlow          query-too-slow
    ├── AnswerTooLarge        answer-too-large
    ├── TooManyRows           too-many-rows
    ├── WorkerDied            worker-died
    ├── ReasonNotFound        reason-not-found
    ├── DatasetBusy           dataset-busy
    ├── DatasetBroken         dataset-broken
    ├── RecordBroken          record-broken
    ├── ModelBroken           model-broken
    ├── ServerBusy            server-busy
    ├── JobInterrupted        job-interrupted
    ├── PrintingFailed        printing-failed
    └── RemoteFailed          remote-failed
"""

from kg.errors.access import FormRefused, LoginNeeded, TooManyAttempts
from kg.errors.base import (
    KreislaufstadtError,
    ServiceError,
    UserError,
)
from kg.errors.given import (
    BackupBroken,
    BackupRefused,
    BadEncoding,
    BadMeasure,
    BadParameter,
    BadQuery,
    ForbiddenQuery,
    NoDataset,
    NotAllowed,
    NotAuthorised,
    NothingLoaded,
    ReferenceInvalid,
    SettingInvalid,
    ShapeViolated,
    TooManyQueries,
    UnknownIri,
    UnknownName,
    UnknownStatement,
    UnreadableFile,
)
from kg.errors.graphs import BadRdf, GraphChanged, GraphNotNamed, GraphProtected
from kg.errors.jobs import JobEnded, JobInterrupted, UnknownJob
from kg.errors.reviewing import ReviewOutdated, SecondPersonNeeded
from kg.errors.service import (
    AnswerTooLarge,
    DatasetBroken,
    DatasetBusy,
    ModelBroken,
    PrintingFailed,
    QueryTooSlow,
    ReasonNotFound,
    RecordBroken,
    RemoteFailed,
    ServerBusy,
    TooManyRows,
    WorkerDied,
)

__all__ = [
    "AnswerTooLarge",
    "BackupBroken",
    "BackupRefused",
    "BadEncoding",
    "BadMeasure",
    "BadParameter",
    "BadQuery",
    "BadRdf",
    "DatasetBroken",
    "DatasetBusy",
    "ForbiddenQuery",
    "FormRefused",
    "GraphChanged",
    "GraphNotNamed",
    "GraphProtected",
    "JobEnded",
    "JobInterrupted",
    "KreislaufstadtError",
    "LoginNeeded",
    "ModelBroken",
    "NoDataset",
    "NotAllowed",
    "NotAuthorised",
    "NothingLoaded",
    "PrintingFailed",
    "QueryTooSlow",
    "ReasonNotFound",
    "RecordBroken",
    "ReferenceInvalid",
    "RemoteFailed",
    "ReviewOutdated",
    "SecondPersonNeeded",
    "ServerBusy",
    "ServiceError",
    "SettingInvalid",
    "ShapeViolated",
    "TooManyAttempts",
    "TooManyQueries",
    "TooManyRows",
    "UnknownIri",
    "UnknownJob",
    "UnknownName",
    "UnknownStatement",
    "UnreadableFile",
    "UserError",
    "WorkerDied",
]
