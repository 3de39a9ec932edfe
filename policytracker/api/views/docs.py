"""The API described for people: the same description as the schema's, as a page without script."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from drf_spectacular.generators import SchemaGenerator


@require_GET
def docs(request: HttpRequest) -> HttpResponse:
    """List every address with what it takes and answers."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    operations = [
        {"path": path, "method": method.upper(), **operation}
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    context = {"info": schema["info"], "operations": operations}
    return render(request, "api/docs.html", context)
