"""How much of a file is read before it is refused; each bound with its reason."""

MB = 1024 * 1024

# A full Excel sheet (1,048,576 rows of eight columns) packs into about 40 MB.
XLSX_BYTES = 64 * MB
# Rows read one at a time cost no memory; this is the city's outlets × drugs, several times over.
CSV_BYTES = 512 * MB

# A workbook has some twenty parts; each picture or sheet adds two.
ENTRIES = 2_000
# The list of parts is held in memory before anything can be checked.
DIRECTORY_BYTES = 1 * MB
# The XML of 1,048,576 rows of eight columns is about 500 MB.
UNPACKED_BYTES = 1024 * MB
# Honest sheets pack 5 to 30 times; a bomb near 1,000. Small repetitive parts may pack better.
RATIO = 200
RATIO_FROM_BYTES = 32 * MB
# Names of sheets, relations, content types: some kilobytes in practice.
SMALL_PART_BYTES = 2 * MB
# WPS keeps thousands of stale styles; they are streamed, not kept.
STYLES_BYTES = 32 * MB
# Shared strings are the one part that must be held: about 200 MB of memory at these bounds.
SHARED_STRINGS_BYTES = 64 * MB
SHARED_STRINGS = 1_000_000

# Depth of a sheet's XML is five; distinct names in it some hundred. Both grow the parser's memory.
XML_DEPTH = 64
XML_NAMES = 4_000
# The parser holds a tag until it ends.
XML_TAG_BYTES = 1 * MB
READ_BYTES = 64 * 1024

# Excel stops at 1,048,576; a CSV may hold a little more.
ROWS = 1_200_000
# Nobody leaves a thousand rows empty inside a list: either the list has ended or rows are missing.
BLANK_ROWS = 1_000
COLUMNS = 200
HEADER_WITHIN_ROWS = 20
SHEETS = 50
# Excel's own bound; the form then sets a tighter one for each column.
CELL_CHARACTERS = 32_767
MERGES = 50_000

# csv would gather a line of any length in memory.
CSV_LINE_BYTES = 1 * MB
# A quotation mark left open swallows the rows below it.
CSV_LINES_IN_A_ROW = 100

# Values remembered per column: prices, dates and codes repeat, and memory stays bounded.
REMEMBERED = 8_192
REMEMBERED_CHARACTERS = 64

# A person mends a thousand cells; past that the sheet was wrong as a whole.
PROBLEMS_REPORTED = 1_000
