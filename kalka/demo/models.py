from django.db import models


class Simulation(models.Model):
    """A world of invented cases that was begun here, and of what: it goes on with the same, or not at all."""

    privacy = {
        "id": "key",
        "seed": "internal",
        "cases": "internal",
        "since": "day",
        "until": "day",
        "staff": "internal",
        "begun_at": "time",
        "ended_at": "time",
    }

    id = models.BigAutoField(primary_key=True)
    seed = models.BigIntegerField()
    cases = models.PositiveIntegerField()
    since = models.DateField()
    until = models.DateField()
    staff = models.BinaryField(max_length=32)  # digest of the posts and places the cases are cast with
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("seed", "cases", name="one_simulation_each")]


class SimulatedBatch(models.Model):
    """Cases that are there: written in the transaction that wrote them."""

    privacy = {"id": "key", "simulation": "key", "number": "internal"}

    id = models.BigAutoField(primary_key=True)
    simulation = models.ForeignKey(Simulation, models.PROTECT, related_name="batches")
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint("simulation", "number", name="one_batch_each")]
