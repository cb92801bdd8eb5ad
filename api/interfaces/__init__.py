"""Set the elements of a city's documents against the adopted concepts and the SDGs."""
