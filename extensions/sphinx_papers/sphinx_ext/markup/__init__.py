"""What an author can write: directives, roles, the domain, and what a page's prose may hold."""
