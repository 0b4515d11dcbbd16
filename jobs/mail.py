"""Jobs on the way out to people."""

from integration.runtime import Runtime
from integration.services import mail
from integration.store.job_queue import Job
from jobs.entry import job


@job(Job.SEND_MESSAGE)
def send_message(rt: Runtime, message_id: str) -> None:
    """Send a message, once."""
    mail.send(rt, message_id)
