"""Answer programs at `/api/v1`: checks, matching, lists of what the graph holds, stored queries."""

from api.rest.routes import router

__all__ = ["router"]
