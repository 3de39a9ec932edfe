"""What this room tells whoever listens; it knows nobody, so it cannot call them.

Receivers run inside the transaction that stores the text: a receiver that enqueues a job enqueues it with the text or
not at all. Keep receivers small; work belongs into the job.
"""

from django.dispatch import Signal

# Keywords: article_ids (list of int, articles that have a new current snapshot), changed_ids (those of them that had
# a text before), at (datetime).
texts_stored = Signal()

# Keywords: article_ids (list of int, articles whose source was just looked at), at (datetime).
sources_checked = Signal()
