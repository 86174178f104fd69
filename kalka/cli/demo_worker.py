"""The second process of the demo, in the surroundings that the first one settled."""

import django

if __name__ == "__main__":
    django.setup()
    from kalka.worker.loop import Worker
    from kalka.worker.periodic import SEALING, TABLE

    Worker(sealing=SEALING, table=TABLE).run()
