"""Read the settings once; every limit has a safe default, a unit and one help sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from kg.errors import SettingInvalid
from kg.language import Language


class Settings(BaseSettings):
    """Hold what an operator can change through `KREISLAUFSTADT_…` environment variables."""

    model_config = SettingsConfigDict(env_prefix="KREISLAUFSTADT_", frozen=True, extra="ignore")

    data: Annotated[Path, Field(description="Directory of the dataset.")] = Path(".kreislaufstadt")
    store: Annotated[
        SecretStr,
        Field(description="Remote engine to publish to and read from: sparql+http://host/path."),
    ] = SecretStr("")
    language: Annotated[Language, Field(description="Language of answers: de or en.")] = "de"
    host: Annotated[str, Field(description="Address the server listens on.")] = "127.0.0.1"
    port: Annotated[int, Field(description="Port the server listens on.", ge=1, le=65535)] = 8000
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"],
        Field(description="Least level of log lines; info has one line a request."),
    ] = "warning"
    log_format: Annotated[
        Literal["text", "json"], Field(description="Log lines for people or, in JSON, machines.")
    ] = "text"
    stop_seconds: Annotated[
        int,
        Field(description="Seconds that requests may still take when it stops.", ge=0, le=300),
    ] = 5
    cors_origins: Annotated[
        str,
        Field(
            description="Origins whose pages may read, with spaces between: none, * or addresses."
        ),
    ] = "none"
    publisher: Annotated[
        str, Field(description="Name of the body that publishes the dataset, for the catalogue.")
    ] = "Kreislaufstadt"
    contact: Annotated[
        str,
        Field(description="Mail or web address to which readers report barriers and errors."),
    ] = ""
    licence: Annotated[
        str, Field(description="Licence of sources that state none, an address or SPDX name.")
    ] = ""
    query_seconds: Annotated[
        float, Field(description="Seconds after which a SPARQL query is stopped.", gt=0, le=3600)
    ] = 10.0
    query_memory_mib: Annotated[
        int,
        Field(description="Memory in MiB that one SPARQL query may use beyond the data.", ge=16),
    ] = 512
    query_bytes: Annotated[
        int, Field(description="Longest SPARQL query accepted, in bytes.", ge=256)
    ] = 65_536
    answer_bytes: Annotated[
        int, Field(description="Largest SPARQL answer given, in bytes.", ge=1024)
    ] = 33_554_432
    update_seconds: Annotated[
        float, Field(description="Seconds after which a SPARQL update is stopped.", gt=0, le=3600)
    ] = 60.0
    update_bytes: Annotated[
        int, Field(description="Longest SPARQL update accepted, in bytes.", ge=256)
    ] = 1_048_576
    queries_at_once: Annotated[
        int, Field(description="SPARQL queries that run at the same time.", ge=1, le=256)
    ] = 8
    token_query_seconds: Annotated[
        float,
        Field(
            description="Seconds after which a SPARQL query sent with a token is stopped.",
            gt=0,
            le=3600,
        ),
    ] = 60.0
    query_nesting: Annotated[
        int,
        Field(description="Deepest nesting of brackets in a SPARQL query.", ge=8, le=400),
    ] = 100
    query_patterns: Annotated[
        int,
        Field(description="Most patterns in a SPARQL query.", ge=8, le=1000),
    ] = 200
    query_operators: Annotated[
        int,
        Field(description="Most operators in a SPARQL query.", ge=8, le=5000),
    ] = 1000
    answer_rows: Annotated[
        int,
        Field(description="Most rows, or triples, of a SPARQL answer.", ge=1),
    ] = 100_000
    queries_per_client: Annotated[
        int,
        Field(description="SPARQL queries of one client that run at the same time.", ge=1, le=256),
    ] = 4
    waiting_seconds: Annotated[
        float,
        Field(description="Seconds a SPARQL query waits for its turn.", ge=0, le=60),
    ] = 2.0
    spare_workers: Annotated[
        int,
        Field(description="Query processes kept ready beyond those that answer.", ge=1, le=64),
    ] = 2
    queries_per_worker: Annotated[
        int,
        Field(description="SPARQL queries after which a query process is replaced.", ge=1),
    ] = 5000
    cache_bytes: Annotated[
        int,
        Field(description="Memory for SPARQL answers that are kept, in bytes; 0 keeps none.", ge=0),
    ] = 67_108_864
    client_header: Annotated[
        str,
        Field(description="Header in which a trusted proxy names the client; empty trusts none."),
    ] = ""
    body_bytes: Annotated[
        int, Field(description="Largest request body accepted, in bytes.", ge=1024)
    ] = 1_048_576
    body_unpacked_bytes: Annotated[
        int,
        Field(description="Largest request body once it is unpacked, in bytes.", ge=1024),
    ] = 8_388_608
    head_bytes: Annotated[
        int,
        Field(description="Longest address and header fields of a request, in bytes.", ge=8192),
    ] = 262_144
    request_seconds: Annotated[
        float,
        Field(description="Seconds within which a whole request must have arrived.", gt=0),
    ] = 20.0
    sending_seconds: Annotated[
        float,
        Field(description="Seconds within which a client must have taken an answer.", gt=0),
    ] = 120.0
    connections: Annotated[
        int,
        Field(description="Connections that are open at the same time.", ge=8),
    ] = 512
    file_bytes: Annotated[
        int, Field(description="Largest file a loader opens, in bytes.", ge=1024)
    ] = 67_108_864
    unpacked_bytes: Annotated[
        int, Field(description="Largest unpacked size of an XLSX or DOCX file, in bytes.", ge=1024)
    ] = 536_870_912
    token: Annotated[
        SecretStr, Field(description="Access token of whoever reviews at the command line.")
    ] = SecretStr("")
    public_reading: Annotated[
        bool, Field(description="Whether reading needs neither a login nor a token.")
    ] = True
    https: Annotated[
        Literal["auto", "yes", "no"],
        Field(description="Cookies over HTTPS only; auto: unless it listens on this machine only."),
    ] = "auto"
    session_idle_minutes: Annotated[
        int, Field(description="Minutes without a request after which a login ends.", ge=1)
    ] = 60
    session_hours: Annotated[
        int, Field(description="Hours after which a login ends in any case.", ge=1, le=168)
    ] = 10
    sessions: Annotated[
        int, Field(description="Logins that hold at the same time.", ge=1, le=100_000)
    ] = 1000
    login_attempts_per_account: Annotated[
        int, Field(description="Failed logins for one account within the window.", ge=1, le=100)
    ] = 5
    login_attempts_per_address: Annotated[
        int, Field(description="Failed logins from one address within the window.", ge=1, le=1000)
    ] = 20
    login_window_minutes: Annotated[
        int, Field(description="Minutes over which failed logins are counted.", ge=1, le=1440)
    ] = 15
    batch_rows: Annotated[
        int, Field(description="Measures or texts taken in one request.", ge=1, le=5000)
    ] = 200
    upload_unpacked_bytes: Annotated[
        int,
        Field(description="Largest unpacked size of an XLSX file sent for checks, bytes.", ge=1024),
    ] = 33_554_432
    generations_kept: Annotated[
        int, Field(description="Dataset generations kept on disk, the current one included.", ge=2)
    ] = 3


def read_settings() -> Settings:
    """Return the settings of this process, or raise `SettingInvalid` naming the first bad one."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "KREISLAUFSTADT_" + "_".join(str(part) for part in first["loc"]).upper()
        raise SettingInvalid(name, first["msg"]) from error
