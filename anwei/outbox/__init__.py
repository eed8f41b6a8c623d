"""What is said to people: notices, their channels and receipts.

Knows: to whom (a text reference), about what, when it was written, delivered, read, received.
Knows not: why; rooms above decide what to say. First channel: the inbox of the product itself.
"""
