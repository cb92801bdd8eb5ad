"""Word the grave findings in German and English: reason de, reason en, remedy de, remedy en."""

from __future__ import annotations

from collections.abc import Mapping

Wording = tuple[str, str, str, str]

VIOLATIONS: Mapping[str, Wording] = {
    "missing-title-column": (
        "Keine Spalte ist als Titel erkennbar.",
        "No column can be recognised as the title.",
        "Spalte mit »Titel« überschreiben oder beim Laden zuordnen: --map Überschrift=title.",
        "Head one column “Titel” or “Title”, or assign it when loading: --map heading=title.",
    ),
    "duplicate-number": (
        "Die Nummer »{number}« kommt mehrfach vor, zuerst in Zeile {first}.",
        "The number “{number}” occurs more than once, first in row {first}.",
        "Jeder Eintrag braucht eine eigene Nummer; eine der beiden ändern.",
        "Each entry needs a number of its own; change one of the two.",
    ),
    "goal-cycle": (
        "Die Ziele ordnen sich im Kreis über: {path}.",
        "The goals are above each other in a circle: {path}.",
        "Bei einem dieser Ziele das übergeordnete Ziel berichtigen.",
        "Correct the parent of one of these goals.",
    ),
    "unknown-part": (
        "Die Art »{value}« eines Strategiebausteins ist nicht bekannt.",
        "The kind “{value}” of a strategy component is not known.",
        "Eine dieser Arten verwenden: {known}.",
        "Use one of these kinds: {known}.",
    ),
}

DROPPED: Mapping[str, Wording] = {
    "missing-title": (
        "Der Eintrag hat keinen Titel und wurde nicht übernommen.",
        "The entry has no title and was left out.",
        "Titel ergänzen oder die Zeile löschen.",
        "Add a title or delete the row.",
    ),
    "no-heading-row": (
        "Auf diesem Blatt ist keine Überschriftenzeile und kein Formular erkennbar.",
        "No heading row and no form can be recognised on this sheet.",
        "Überschriften wie »Nr.«, »Titel«, »Beschreibung« ergänzen oder mit --map zuordnen.",
        "Add headings such as “No.”, “Title”, “Description” or assign them with --map.",
    ),
    "hidden-sheet": (
        "Das Blatt ist ausgeblendet und wurde nicht gelesen.",
        "The sheet is hidden and was not read.",
        "Blatt einblenden, wenn es geladen werden soll.",
        "Unhide the sheet if it is meant to be loaded.",
    ),
    "formula-without-value": (
        "Die Formel hat keinen gespeicherten Wert.",
        "The formula has no stored value.",
        "Datei in Excel öffnen, berechnen lassen und speichern, oder den Wert eintragen.",
        "Open the file in Excel, let it calculate and save it, or enter the value.",
    ),
    "cell-error": (
        "Die Zelle enthält einen Rechenfehler.",
        "The cell holds a calculation error.",
        "Formel berichtigen oder den Wert eintragen.",
        "Correct the formula or enter the value.",
    ),
    "cell-too-long": (
        "Der Text hat {length} Zeichen; übernommen wurden die ersten {limit}.",
        "The text has {length} characters; the first {limit} were taken over.",
        "Text kürzen oder als eigenes Dokument führen.",
        "Shorten the text or keep it as a document of its own.",
    ),
    "extra-cells": (
        "Die Zeile hat mehr Werte ({found}) als Überschriften ({expected}); der Rest entfällt.",
        "The row has more values ({found}) than headings ({expected}); the rest is left out.",
        "Trennzeichen im Text in Anführungszeichen setzen oder die fehlende Überschrift ergänzen.",
        "Put separators inside text in quotation marks or add the missing heading.",
    ),
    "personal-data": (
        "Personenbezogene Angabe ({what}); sie wurde nicht übernommen.",
        "Personal data ({what}); it was left out.",
        "Stelle oder Amt statt der Person nennen.",
        "Name the office instead of the person.",
    ),
    "unknown-sdg": (
        "Den SDG-Code »{code}« gibt es nicht.",
        "There is no SDG code “{code}”.",
        "Ziel (1 bis 17) oder Unterziel wie 12.5 oder 12.a angeben.",
        "Give a goal (1 to 17) or a target such as 12.5 or 12.a.",
    ),
    "unknown-sdg-indicator": (
        "Der SDG-Indikator »{code}« steht nicht in der Referenztabelle (Stand Dezember 2019).",
        "The SDG indicator “{code}” is not in the reference table (as of December 2019).",
        "Nummer prüfen. Spätere Indikatoren fehlen, bis ihr dauerhafter UN-Code belegt ist.",
        "Check the number. Later indicators are missing until their permanent code is evidenced.",
    ),
    "empty-text": (
        "Der Schlüssel »{key}« hat keinen Text.",
        "The key “{key}” has no text.",
        "Text ergänzen oder den Eintrag entfernen.",
        "Add the text or remove the entry.",
    ),
    "bad-number": (
        "»{value}« ist keine Zahl.",
        "“{value}” is no number.",
        "Nur die Zahl eintragen, zum Beispiel 1.234,5; Einheit und Anmerkung in eigene Spalten.",
        "Enter the number only, for example 1.234,5; unit and remark go into their own columns.",
    ),
    "bad-year": (
        "»{value}« ist kein Jahr.",
        "“{value}” is no year.",
        "Jahr mit vier Ziffern zwischen 1990 und 2100 eintragen.",
        "Enter a year of four digits between 1990 and 2100.",
    ),
    "missing-year": (
        "Zum Wert fehlt das Jahr.",
        "The value has no year.",
        "Jahr in der Spalte »Jahr« ergänzen.",
        "Add the year in the column “Jahr”.",
    ),
    "unknown-value-type": (
        "Die Wertart »{value}« ist nicht bekannt.",
        "The kind of value “{value}” is not known.",
        "Ist, Ausgangswert oder Ziel eintragen.",
        "Enter Ist (observed), Ausgangswert (baseline) or Ziel (target).",
    ),
    "duplicate-value": (
        "Für dieses Jahr und diese Wertart gibt es schon einen Wert (Zeile {first}).",
        "There is already a value for this year and kind (row {first}).",
        "Eine der beiden Zeilen löschen.",
        "Delete one of the two rows.",
    ),
    "unknown-key": (
        "Der Schlüssel »{key}« gehört nicht zu diesem Format.",
        "The key “{key}” is not part of this format.",
        "Schreibweise prüfen oder den Eintrag entfernen.",
        "Check the spelling or remove the entry.",
    ),
    "not-a-record": (
        "Hier wird ein Eintrag mit Feldern erwartet.",
        "An entry with fields is expected here.",
        "Eintrag als »feld: wert« schreiben.",
        "Write the entry as “field: value”.",
    ),
    "triple-term": (
        "Aussagen über Aussagen (RDF-star) werden nicht übernommen.",
        "Statements about statements (RDF-star) are left out.",
        "Aussage als eigenes Objekt schreiben.",
        "Write the statement as an object of its own.",
    ),
}
