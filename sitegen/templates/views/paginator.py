"""`paginator`: one index page."""

from __future__ import annotations

from sitegen.model.pagination import IndexPage
from sitegen.templates.views.attributes import Attributes
from sitegen.templates.views.documents import Documents
from sitegen.templates.views.lens import Lens


def paginator(lens: Lens, index: IndexPage) -> Attributes:
    """`paginator`, as jekyll-paginate has it."""
    number, total = index.number, len(index.urls)
    before, after = number > 1, number < total
    return Attributes(
        {
            "page": number,
            "per_page": index.per_page,
            "posts": Documents(lens, index.posts),
            "total_posts": index.total_posts,
            "total_pages": total,
            "previous_page": number - 1 if before else None,
            "previous_page_path": index.urls[number - 2] if before else None,
            "next_page": number + 1 if after else None,
            "next_page_path": index.urls[number] if after else None,
        }
    )
