"""Words of other programs for where a deal or a task stands, and the options that they may mean."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from icosa.catalogue.folding import spellings

_WORDS: Final = (
    (
        "new lead open prospect prospecting contacted firstcontact neu offen interessent anfrage erstkontakt "
        "nouveau nouvelle ouvert piste premiercontact prisedecontact",
        ("NEW", "LEAD", "OPEN", "TODO"),
    ),
    (
        "qualified qualification discovery screening qualifiziert qualifizierung prüfung inprüfung bedarfsanalyse "
        "qualifié qualifiée analysedubesoin",
        ("SCREENING", "QUALIFIED", "QUALIFICATION"),
    ),
    (
        "meeting appointment demo demoscheduled presentation presentationscheduled termin gespräch besprechung präsentation vorführung "
        "rendezvous rdv réunion démo démonstration présentation",
        ("MEETING", "DEMO"),
    ),
    (
        "proposal proposalsent quote quotesent offer offersent angebot angebotversandt angebotverschickt angeboterstellt angebotgesendet "
        "devis devisenvoyé offre offreenvoyée proposition propositionenvoyée",
        ("PROPOSAL", "OFFER", "QUOTE"),
    ),
    ("negotiation negotiating inverhandlung verhandlung négociation ennégociation", ("NEGOTIATION", "PROPOSAL")),
    (
        "won closedwon customer gewonnen auftrag beauftragt auftragerteilt gagné gagnée client signé signée",
        ("WON", "CLOSED_WON", "CUSTOMER"),
    ),
    ("lost closedlost verloren abgelehnt abgesagt perdu perdue refusé refusée", ("LOST", "CLOSED_LOST")),
    ("inprogress started inarbeit inbearbeitung begonnen encours commencé", ("IN_PROGRESS",)),
    ("done completed closed finished erledigt fertig abgeschlossen terminé terminée fait", ("DONE",)),
)

_MEANT: Final = MappingProxyType({name: options for words, options in _WORDS for word in words.split() for name in spellings(word)})


def usual_option(word: str, options: Sequence[str]) -> str:
    """The option that a word usually means, "" where none of them is."""
    wanted = next((_MEANT[name] for name in spellings(word) if name in _MEANT), ())
    return next((each for each in wanted if each in options), "")
