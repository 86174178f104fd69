"""The second process: background work, what comes back every so often, and sealing the record."""

import click
from django.utils.translation import gettext as _

from kalka.cli.faults import refuse_if_unsafe
from kalka.cli.serving import unwrap_root_key


@click.command(help=_("Do the background work until told to stop: jobs, late duties, messages, the record."))
@click.option("--once", "only_once", is_flag=True, help=_("Do what is due now, then end."))
def worker(only_once: bool) -> None:
    from kalka.worker.loop import Worker, once
    from kalka.worker.periodic import NIGHTLY, SEALING, TABLE

    refuse_if_unsafe()
    unwrap_root_key()
    if only_once:
        worked = once(sealing=SEALING, table=TABLE, nightly=NIGHTLY)
        click.echo(_("Done. Jobs worked on: {count}.").format(count=worked))
        return
    click.echo(_("The worker runs. Stop it with Ctrl+C."))
    Worker(sealing=SEALING, table=TABLE, nightly=NIGHTLY).run()
    click.echo(_("The worker stopped. What it had begun goes on at the next start."))
