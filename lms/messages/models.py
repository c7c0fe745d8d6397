"""Messages keep no rows of their own: a mail is a job."""
