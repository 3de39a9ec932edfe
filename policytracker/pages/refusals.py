"""A refusal in the form that was asked for: programs that ask for data get a sentence they can read."""

from django.http import HttpRequest, HttpResponse, JsonResponse

# Answers that no reader opens as a page.
FILES = (".atom", ".ics", ".png", ".jsonld", ".xml")


def told_plainly(request: HttpRequest, sentence: str, status: int) -> HttpResponse | None:
    """The sentence as JSON or as plain text, where the address asks for data; None where it asks for a page."""
    asked = request.GET.get("format")
    if asked == "json" or request.path.endswith("/oembed/"):
        return JsonResponse({"detail": sentence}, status=status)
    if asked == "csv" or request.path.endswith(FILES):
        return HttpResponse(f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8")
    return None
