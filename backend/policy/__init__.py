"""Policy packs: a city's rules as data, each number with the document and clause it stands in."""
