"""PHONES: a national number with its country and calling code, and more of them."""

from icosa.catalogue.field_types import phones as first
from icosa.catalogue.field_types.generation_2.checking import second_composite

PHONES = second_composite(first.PHONES, read=first.read)
