"""Figures that take long to count."""

from django.db import models


class KeptFigure(models.Model):
    """A figure over a large table, counted once in a while; see `work.actions.figures`."""

    key = models.CharField(primary_key=True, max_length=120)
    value = models.JSONField()
    counted_at = models.DateTimeField()
    took_ms = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.key
