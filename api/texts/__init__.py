"""Hold every text of the pages and error answers, one file per language."""
