"""What is asked about an order, and what it becomes for the services."""

from kalka.orders.forms.later import BreachForm, ExtendForm, RevokeForm, ServeForm
from kalka.orders.forms.register import CompleteForm, RegisterForm
from kalka.orders.forms.road import LookupForm
from kalka.orders.forms.without import NoOrderForm

__all__ = [
    "BreachForm",
    "CompleteForm",
    "ExtendForm",
    "LookupForm",
    "NoOrderForm",
    "RegisterForm",
    "RevokeForm",
    "ServeForm",
]
