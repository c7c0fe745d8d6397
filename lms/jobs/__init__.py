"""Work outside of a request: a leased job table and its worker.

A job is a row, written in the transaction of the rows that ask for it, and run at least once: whoever runs it holds a
lease, and when its process dies the job is run again after the lease ends. So what a handler does must bear repeating.
"""

from lms.jobs.kinds import GiveUp, job_kind, periodic
from lms.jobs.leases import LeaseLost, renew_lease
from lms.jobs.queue import enqueue, enqueue_all, insert_of

__all__ = ["GiveUp", "LeaseLost", "enqueue", "enqueue_all", "insert_of", "job_kind", "periodic", "renew_lease"]
