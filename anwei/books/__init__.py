"""One declaration per ledger gives its list, filters, detail with timeline, JSON with OpenAPI, Excel out and Excel in.

Knows: columns, filters kept in the address, keyset pages, sheets, the registry of books and of panels on detail pages.
Knows not: any ledger. Books read, actions write: an import hands its rows to the action that the ledger declared.
"""
