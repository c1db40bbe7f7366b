"""What layouts see of the model: read-only views that record what was read."""

from sitegen.templates.views.attributes import Attributes
from sitegen.templates.views.authors import AuthorView
from sitegen.templates.views.documents import (
    Documents,
    DocumentView,
    PostView,
    author_views,
    call_view,
    document_view,
)
from sitegen.templates.views.known import MemberView
from sitegen.templates.views.lens import Bodies, Body, Lens, Refused, Shortcode
from sitegen.templates.views.paginator import paginator
from sitegen.templates.views.series import SeriesView
from sitegen.templates.views.site import SHOWN_SETTINGS, SiteView

VIEWS = (Attributes, DocumentView, SiteView)  # those that layouts look at most

__all__ = [
    "SHOWN_SETTINGS",
    "VIEWS",
    "Attributes",
    "AuthorView",
    "Bodies",
    "Body",
    "DocumentView",
    "Documents",
    "Lens",
    "MemberView",
    "PostView",
    "Refused",
    "SeriesView",
    "Shortcode",
    "SiteView",
    "author_views",
    "call_view",
    "document_view",
    "paginator",
]
