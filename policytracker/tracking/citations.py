"""What the record rests on: articles whose words are quoted as evidence or as a promise. Reads only."""

from django.db.models import Exists, OuterRef

from articles.models import Article
from articles.models.articles import ArticleQuerySet
from policytracker.tracking.models import Evidence, Statement


def cited_articles() -> ArticleQuerySet:
    """Return the articles that evidence or statements quote, published or not."""
    quoted = [Exists(model.objects.filter(snapshot__article=OuterRef("pk"))) for model in (Evidence, Statement)]
    return Article.objects.filter(quoted[0] | quoted[1])
