"""Word the lighter findings in German and English: reason de, reason en, remedy de, remedy en."""

from __future__ import annotations

from collections.abc import Mapping

from loaders.remark_texts import Wording

WARNINGS: Mapping[str, Wording] = {
    "duplicate-title": (
        "Der Titel kommt mehrfach vor, zuerst in Zeile {first}; beide Einträge bleiben.",
        "The title occurs more than once, first in row {first}; both entries stay.",
        "Nummern vergeben oder die Titel unterscheiden.",
        "Give numbers or make the titles differ.",
    ),
    "garbled-text": (
        "Umlaute oder Sonderzeichen sind in der Datei bereits zerstört.",
        "Umlauts or special characters are already garbled in the file.",
        "Aus dem Ursprungsprogramm als »CSV UTF-8« neu ausgeben.",
        "Export it anew from its program as “CSV UTF-8”.",
    ),
    "short-row": (
        "Die Zeile hat weniger Werte ({found}) als Überschriften ({expected}).",
        "The row has fewer values ({found}) than headings ({expected}).",
        "Fehlende Trennzeichen ergänzen.",
        "Add the missing separators.",
    ),
    "merged-heading": (
        "Die Überschrift scheint zwei Spalten zu vereinen; der Inhalt steht als übernommene"
        " Spalte dabei.",
        "The heading seems to join two columns; its content is kept as an original column.",
        "Spalte in zwei teilen.",
        "Split the column in two.",
    ),
    "unknown-status": (
        "Der Stand »{value}« ist nicht bekannt; er bleibt als Text erhalten.",
        "The status “{value}” is not known; it is kept as text.",
        "Einen dieser Stände verwenden: Idee, In Planung, In Umsetzung, Laufend,"
        " Abgeschlossen, Verworfen.",
        "Use one of: Idee, In Planung, In Umsetzung, Laufend, Abgeschlossen, Verworfen.",
    ),
    "year-order": (
        "Das Ende liegt vor dem Beginn; beide Jahre entfallen, der Text bleibt.",
        "The end is before the start; both years are left out, the text stays.",
        "Jahre in der Reihenfolge Beginn–Ende angeben.",
        "Give the years in the order start–end.",
    ),
    "odd-year": (
        "»{value}« ist kein Jahr; der Text bleibt als Zeitangabe erhalten.",
        "“{value}” is no year; the text is kept as the time statement.",
        "Jahr mit vier Ziffern eintragen, zum Beispiel 2026.",
        "Enter a year of four digits, for example 2026.",
    ),
    "unknown-goal": (
        "Ein Ziel »{value}« ist im Datenbestand nicht bekannt; der Text bleibt erhalten.",
        "A goal “{value}” is not known in the dataset; the text is kept.",
        "Zuerst das Konzept laden oder die Nummer berichtigen.",
        "Load the concept first or correct the number.",
    ),
    "unknown-parent": (
        "Das übergeordnete Ziel »{value}« fehlt in der Datei; das Ziel steht nun ohne Oberziel.",
        "The parent “{value}” is missing in the file; the goal now stands without a parent.",
        "Nummer berichtigen oder das übergeordnete Ziel ergänzen.",
        "Correct the number or add the parent goal.",
    ),
    "unknown-level": (
        "Die Zielebene »{value}« ist nicht bekannt; der Eintrag gilt als Ziel.",
        "The goal level “{value}” is not known; the entry counts as a goal.",
        "Leitbild, Handlungsfeld, Leitlinie, Leitziel, Strategisches Ziel oder Operatives"
        " Ziel verwenden.",
        "Use Leitbild, Handlungsfeld, Leitlinie, Leitziel, Strategisches Ziel or Operatives Ziel.",
    ),
    "unknown-derivation": (
        "Die Herkunft »{value}« ist nicht bekannt und wurde nicht übernommen.",
        "The derivation “{value}” is not known and was not taken over.",
        "»genannt« oder »abgeleitet« eintragen.",
        "Enter “stated” or “inferred”.",
    ),
    "unknown-instrument": (
        "Das Instrument »{value}« steht nicht im Katalog; der Text bleibt erhalten.",
        "The instrument “{value}” is not in the catalogue; the text is kept.",
        "Kennung aus dem Instrumentenkatalog verwenden.",
        "Use an identifier of the instrument catalogue.",
    ),
    "unknown-r-strategy": (
        "Die R-Strategie »{value}« ist nicht bekannt; der Text bleibt erhalten.",
        "The R-strategy “{value}” is not known; the text is kept.",
        "R0 bis R9 eintragen.",
        "Enter R0 to R9.",
    ),
    "unknown-value-chain": (
        "Die Wertschöpfungskette »{value}« ist nicht bekannt; der Text bleibt erhalten.",
        "The value chain “{value}” is not known; the text is kept.",
        "Eine dieser Kennungen verwenden: {known}.",
        "Use one of these identifiers: {known}.",
    ),
    "unknown-indicator": (
        "Einen Indikator »{value}« gibt es im Datenbestand nicht; der Text bleibt erhalten.",
        "There is no indicator “{value}” in the dataset; the text is kept.",
        "Zuerst die Indikatoren laden oder das Kürzel berichtigen.",
        "Load the indicators first or correct the code.",
    ),
    "unknown-element": (
        "Ein Element »{value}« ist im Datenbestand nicht bekannt; der Bezug entfällt.",
        "An element “{value}” is not known in the dataset; the reference is left out.",
        "Zuerst Konzept oder Maßnahmen laden oder die Nummer berichtigen.",
        "Load the concept or measures first or correct the number.",
    ),
    "unknown-indicator-kind": (
        "Die Indikatorart »{value}« ist nicht bekannt und wurde nicht übernommen.",
        "The kind of indicator “{value}” is not known and was not taken over.",
        "Input, Prozess, Output, Outcome, Wirkung oder Kontext eintragen.",
        "Enter input, process, output, outcome, impact or context.",
    ),
    "unknown-concept-type": (
        "Der Konzepttyp »{value}« ist nicht bekannt und wurde nicht übernommen.",
        "The concept type “{value}” is not known and was not taken over.",
        "Kennung aus der Liste der Konzepttypen verwenden.",
        "Use an identifier of the list of concept types.",
    ),
    "contradicting-indicator": (
        "{what} des Indikators »{code}« ist in Zeile {first} anders angegeben; jene Angabe gilt.",
        "{what} of the indicator “{code}” is given differently in row {first}; that one counts.",
        "Angaben zum selben Kürzel angleichen.",
        "Make the entries of the same code agree.",
    ),
    "other-city": (
        "Die Datei nennt den Gemeindeschlüssel {value}, geladen wird für {city}.",
        "The file states the municipality key {value}, but is being loaded for {city}.",
        "Prüfen, ob die richtige Datei oder die richtige Kommune gewählt ist.",
        "Check whether the right file and the right municipality were chosen.",
    ),
    "bad-page": (
        "»{value}« ist keine Seitenzahl und wurde nicht übernommen.",
        "“{value}” is no page number and was not taken over.",
        "Eine ganze Zahl eintragen.",
        "Enter a whole number.",
    ),
}

NOTES: Mapping[str, Wording] = {
    "unknown-column": (
        "Die Überschrift »{heading}« ist keinem Feld zugeordnet; der Inhalt bleibt als"
        " übernommene Spalte.",
        "The heading “{heading}” maps to no field; its content is kept as an original column.",
        'Wenn es ein bekanntes Feld ist, beim Laden zuordnen: --map "{heading}"=Feld.',
        'If it is a known field, assign it when loading: --map "{heading}"=field.',
    ),
    "columns-joined": (
        "Mehrere Spalten oder Zeilen gehören zum Feld »{field}« und wurden verbunden.",
        "Several columns or rows belong to the field “{field}” and were joined.",
        "Nichts zu tun, wenn das so gemeint ist; sonst Überschriften unterscheiden.",
        "Nothing to do if it is meant so; else make the headings differ.",
    ),
    "combined-label": (
        "Die Überschrift »{heading}« meint mehrere Felder; der Inhalt steht unter »{field}«.",
        "The heading “{heading}” means several fields; its content is under “{field}”.",
        "Bei Bedarf in zwei Felder teilen.",
        "Split it into two fields if needed.",
    ),
    "merged-title": (
        "Die Titelzelle reicht über {rows} Zeilen; sie gelten als ein Eintrag.",
        "The title cell spans {rows} rows; they count as one entry.",
        "Verbund lösen, wenn es mehrere Einträge sind.",
        "Unmerge it if these are several entries.",
    ),
    "price-mark": (
        "Die Preismarke »{mark}« vor dem Titel wurde als Kostenangabe übernommen.",
        "The price mark “{mark}” before the title was taken over as a cost statement.",
        "Nichts zu tun.",
        "Nothing to do.",
    ),
    "date-serial": (
        "Die Zahl {value} wurde als Excel-Datum {date} gelesen.",
        "The number {value} was read as the Excel date {date}.",
        "Zelle als Datum formatieren, damit das sicher ist.",
        "Format the cell as a date to make this certain.",
    ),
    "empty-sheet": (
        "Das Blatt ist leer.",
        "The sheet is empty.",
        "Nichts zu tun; leere Blätter können gelöscht werden.",
        "Nothing to do; empty sheets can be deleted.",
    ),
    "no-data-rows": (
        "Unter der Überschriftenzeile stehen keine Einträge.",
        "There are no entries below the heading row.",
        "Einträge ergänzen oder das Blatt löschen.",
        "Add entries or delete the sheet.",
    ),
    "lines-above": (
        "Text oberhalb der Überschriftenzeile gehört zu keinem Eintrag und steht beim Dokument.",
        "Text above the heading row belongs to no entry and is kept with the document.",
        "Nichts zu tun.",
        "Nothing to do.",
    ),
    "text-outside-tables": (
        "{count} Absätze außerhalb der Tabellen gehören zu keinem Eintrag und stehen beim"
        " Dokument.",
        "{count} paragraphs outside the tables belong to no entry and are kept with the document.",
        "Nichts zu tun.",
        "Nothing to do.",
    ),
    "encoding-guessed": (
        "Die Datei ist nicht in UTF-8; gelesen wurde sie als Windows-1252.",
        "The file is not in UTF-8; it was read as Windows-1252.",
        "Umlaute prüfen; künftig als »CSV UTF-8« speichern.",
        "Check the umlauts; save it as “CSV UTF-8” in future.",
    ),
    "continued": (
        "Der Eintrag geht hier weiter; der Inhalt gehört zu »{title}«.",
        "The entry goes on here; its content belongs to “{title}”.",
        "Nichts zu tun, wenn das so gemeint ist.",
        "Nothing to do if it is meant so.",
    ),
    "prose-for-actor": (
        "Statt einer Stelle steht hier ein Satz; er bleibt als übernommene Spalte.",
        "There is a sentence in place of an office; it is kept as an original column.",
        "Nur die Stelle nennen, zum Beispiel »Umweltamt«.",
        "Name the office only, for example “Umweltamt”.",
    ),
    "graphs-folded": (
        "Die Datei verteilt ihre Aussagen auf {count} benannte Graphen; sie stehen nun in einem.",
        "The file spreads its statements over {count} named graphs; they now stand in one.",
        "Nichts zu tun.",
        "Nothing to do.",
    ),
    "blank-nodes-named": (
        "{count} namenlose Knoten haben eine feste IRI erhalten.",
        "{count} blank nodes were given a lasting IRI.",
        "Nichts zu tun; für dauerhafte Verweise eigene IRIs vergeben.",
        "Nothing to do; give IRIs of your own for lasting references.",
    ),
    "left-out": (
        "{count} Aussagen wurden nicht gebraucht: {what}.",
        "{count} statements were not needed: {what}.",
        "Nichts zu tun.",
        "Nothing to do.",
    ),
    "part-of-set": (
        "Nur {found} der drei Dateien (Ziele, Unterziele, Indikatoren) wurden geladen.",
        "Only {found} of the three files (goals, targets, indicators) were loaded.",
        "Den ganzen Ordner angeben, damit alle Texte da sind.",
        "Give the whole folder so that all texts are there.",
    ),
}
