"""Papers that leave the house: layout of official documents (GB/T 9704), tables on A3, docx.

Knows: sheets, fonts, titles, tables with merged cells and repeated heads, page feet, lines for signatures, letters.
Knows not: what stands in a paper, who may issue it, nor any ledger; the rooms above hand in finished words.
"""
