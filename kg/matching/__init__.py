"""Match texts against aims by thesaurus, meaning and wording: ranked, calibrated, explained."""
