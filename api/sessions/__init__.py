"""Know who is logged in: sessions, limits of attempts, forms that only their own pages can send."""
