"""Work outside of a request: a leased job table and its worker."""
