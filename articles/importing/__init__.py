"""The pipeline from bytes to articles, one stage a file: pure, no database, no clock.

In reading order: `fetch` brings bytes in, `sniffing` says what they are, `reading` picks the reader
(`pages`, `plaintext`, `pdf`, `tables`, `feeds`, `archives`), `canonical` and `duplicates` tell what
is the same, `differences` what changed. `documents` holds what passes between them, `refusals` why
something was not taken, `sandbox` runs readers of hostile documents in a bounded child process.
"""
