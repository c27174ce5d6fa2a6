"""An explained page as one JSON object, for scripts."""

from __future__ import annotations

from cleaners.data import Cleaned
from cleaners.records.rows import Row, audit_rows


def explained_row(cleaned: Cleaned) -> Row:
    """The page's name, address and kind, the ids of its articles or the reason for none, and its audit rows."""
    rejection = cleaned.rejection
    return {
        "page": cleaned.page.source or cleaned.page.url,
        "url": cleaned.page.url,
        "kind": cleaned.page.kind,
        "articles": [article.id for article in cleaned.articles],
        "rejection": {"code": rejection.code, "reason": rejection.reason} if rejection else None,
        "blocks": [{key: value for key, value in row.items() if key != "page"} for row in audit_rows(cleaned)],
    }
