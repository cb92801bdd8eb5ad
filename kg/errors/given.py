"""Name what is wrong with something that a person gave."""

from __future__ import annotations

from kg.errors.base import UserError
from kg.findings import Finding
from kg.language import Text


class UnreadableFile(UserError):
    """Name a file that is missing, of another kind, broken, or too large."""

    code = "unreadable-file"

    def __init__(self, file: str, reason: Text) -> None:
        super().__init__(Text(f"{file}: {reason.de}", f"{file}: {reason.en}"))
        self.file = file
        self.reason = reason


class UnknownIri(UserError):
    """Name an IRI that the dataset does not describe."""

    code = "unknown-iri"

    def __init__(self, iri: str) -> None:
        super().__init__(
            Text(
                f"Über {iri} steht nichts im Datenbestand. Bitte Schreibweise prüfen.",
                f"The dataset says nothing about {iri}. Please check the spelling.",
            )
        )
        self.iri = iri


class UnknownStatement(UserError):
    """Name a statement that the dataset does not hold, so that there is nothing to explain."""

    code = "unknown-statement"

    def __init__(self, statement: str) -> None:
        super().__init__(
            Text(
                f"Der Datenbestand enthält diese Aussage nicht: {statement}."
                " Bitte Richtung und Schreibweise prüfen.",
                f"The dataset does not hold this statement: {statement}."
                " Please check direction and spelling.",
            )
        )


class UnknownName(UserError):
    """Name a query, format or other choice that does not exist, with those that do."""

    code = "unknown-name"

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        listed = ", ".join(known)
        super().__init__(
            Text(
                f"»{name}« gibt es nicht. Möglich sind: {listed}.",
                f"There is no “{name}”. Choose one of: {listed}.",
            )
        )
        self.name = name
        self.known = known


class BadParameter(UserError):
    """Name a parameter whose value is missing or of the wrong kind."""

    code = "bad-parameter"

    def __init__(self, name: str, value: str, expected: Text) -> None:
        super().__init__(
            Text(
                f"Parameter {name} = »{value}«: erwartet wird {expected.de}.",
                f"Parameter {name} = “{value}”: {expected.en} is expected.",
            )
        )
        self.name = name
        self.value = value


class BadEncoding(UserError):
    """Say that a request holds bytes or percent signs that are no UTF-8."""

    code = "bad-encoding"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Die Anfrage ist nicht als UTF-8 lesbar; ein Prozentzeichen in Adresse und Formular"
                " wird als %25 geschrieben.",
                "The request cannot be read as UTF-8; a percent sign in an address or a form is"
                " written as %25.",
            )
        )


class BadQuery(UserError):
    """Give the place and the kind of a SPARQL syntax error."""

    code = "bad-query"

    def __init__(self, detail: str) -> None:
        super().__init__(
            Text(
                f"Die SPARQL-Anfrage ist fehlerhaft: {detail}",
                f"The SPARQL query is malformed: {detail}",
            )
        )
        self.detail = detail


class ForbiddenQuery(UserError):
    """Say which part of a query is not allowed and why."""

    code = "forbidden-query"


class TooManyQueries(UserError):
    """Say that a client has as many queries running as one client may."""

    code = "too-many-queries"

    def __init__(self, limit: int) -> None:
        super().__init__(
            Text(
                f"Von Ihnen laufen schon {limit} Anfragen, mehr darf ein Zugriff nicht zugleich."
                " Bitte deren Antworten abwarten.",
                f"You have {limit} queries running already, the most that one client may have."
                " Please wait for their answers.",
            )
        )
        self.limit = limit


class BadMeasure(UserError):
    """Say which field of a measure description cannot be used."""

    code = "bad-measure"


class ShapeViolated(UserError):
    """Say that a source breaks the data rules, so nothing of it was loaded."""

    code = "shape-violated"

    def __init__(self, file: str, violations: int, findings: tuple[Finding, ...]) -> None:
        super().__init__(
            Text(
                f"{file}: {violations} Regelverstöße, deshalb wurde nichts übernommen."
                " Die Befunde nennen Zeile, Spalte und Abhilfe.",
                f"{file}: {violations} violations, so nothing was taken over."
                " The findings name row, column and remedy.",
            )
        )
        self.file = file
        self.violations = violations
        self.findings = findings


class NothingLoaded(UserError):
    """Say that a file was read but held nothing usable, with the reason."""

    code = "nothing-loaded"

    def __init__(self, file: str, reason: Text) -> None:
        super().__init__(Text(f"{file}: {reason.de}", f"{file}: {reason.en}"))
        self.file = file
        self.reason = reason


class NoDataset(UserError):
    """Say that no dataset was built yet and how to build one."""

    code = "no-dataset"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Es gibt noch keinen Datenbestand. Bitte zuerst »kreislaufstadt build« ausführen.",
                "There is no dataset yet. Please run “kreislaufstadt build” first.",
            )
        )


class ReferenceInvalid(UserError):
    """Say which cell of which reference table is wrong and what belongs there."""

    code = "reference-invalid"


class SettingInvalid(UserError):
    """Name a setting whose value cannot be used."""

    code = "setting-invalid"

    def __init__(self, name: str, detail: str) -> None:
        super().__init__(
            Text(
                f"Einstellung {name} ist ungültig: {detail}",
                f"Setting {name} is invalid: {detail}",
            )
        )
        self.name = name


class NotAuthorised(UserError):
    """Say that a change needs a token and how to get one."""

    code = "not-authorised"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Dafür ist ein gültiges Zugriffstoken nötig (Kopfzeile »Authorization: Bearer …«)."
                " Die Betreuung erstellt eines mit »kreislaufstadt token create«.",
                "This needs a valid access token (header “Authorization: Bearer …”)."
                " Your administrator makes one with “kreislaufstadt token create”.",
            )
        )


class NotAllowed(UserError):
    """Say which role, for which city, a change needs that the token does not have."""

    code = "not-allowed"

    def __init__(self, role: str, city: str) -> None:
        whose = Text(f"für die Kommune {city}", f"for municipality {city}")
        if not city:
            whose = Text("für alle Kommunen", "for all municipalities")
        super().__init__(
            Text(
                f"Das Zugriffstoken erlaubt das nicht. Nötig ist die Rolle {role} {whose.de}.",
                f"The access token does not allow this. It needs the role {role} {whose.en}.",
            )
        )
        self.role = role
        self.city = city


class BackupRefused(UserError):
    """Say why a backup was neither written nor restored, so that nothing was overwritten."""

    code = "backup-refused"

    @classmethod
    def exists(cls, file: str) -> BackupRefused:
        """Say that there is a file of that name."""
        return cls(
            Text(
                f"{file} gibt es schon. Bitte einen anderen Namen wählen.",
                f"{file} exists already. Please choose another name.",
            )
        )

    @classmethod
    def unwritable(cls, file: str) -> BackupRefused:
        """Say that no file can be written there."""
        return cls(
            Text(
                f"{file} lässt sich nicht schreiben. Gibt es den Ordner, und ist Platz darin?",
                f"{file} cannot be written. Does the folder exist, and has it room?",
            )
        )

    @classmethod
    def occupied(cls) -> BackupRefused:
        """Say that the directory to restore into holds a dataset."""
        return cls(
            Text(
                "Im Ordner liegt schon ein Datenbestand, er wird nicht überschrieben."
                " Bitte mit KREISLAUFSTADT_DATA einen leeren Ordner nennen.",
                "The directory holds a dataset already, which is not overwritten."
                " Please name an empty directory with KREISLAUFSTADT_DATA.",
            )
        )


class BackupBroken(UserError):
    """Name the file that is no whole backup, and the part at which this was seen."""

    code = "backup-broken"

    def __init__(self, file: str, part: str) -> None:
        super().__init__(
            Text(
                f"{file} ist keine vollständige Sicherung ({part}). Es wurde nichts übernommen;"
                " bitte eine andere Sicherung nehmen.",
                f"{file} is no complete backup ({part}). Nothing was taken over;"
                " please use another backup.",
            )
        )
        self.file = file
        self.part = part
