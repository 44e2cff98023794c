"""Chains: actions in order, the items of one being the input of the next.

    from icosa import chains

    chain = chains.read_chain("calls.toml")
    for item in chains.run(crm, chain):
        print(item.step, item.error or item.value)

`icosa run calls.toml` does the same.
"""

from icosa.chains.chain import Chain, Step
from icosa.chains.checking import Fault, check, needs_items, refuse
from icosa.chains.inputs import read_items
from icosa.chains.item import ChainItem
from icosa.chains.making import chain_of, inferred
from icosa.chains.reading import chain_in, read_chain
from icosa.chains.references import Reference, escaped
from icosa.chains.running import Planned, arun, dry_run, preview, run
from icosa.chains.samples import Sample, tree
from icosa.chains.saved import chain_folder, delete, load, save, saved_chains
from icosa.chains.writing import chain_text

__all__ = [
    "Chain",
    "ChainItem",
    "Fault",
    "Planned",
    "Reference",
    "Sample",
    "Step",
    "arun",
    "chain_folder",
    "chain_in",
    "chain_of",
    "chain_text",
    "check",
    "delete",
    "dry_run",
    "escaped",
    "inferred",
    "load",
    "needs_items",
    "preview",
    "read_chain",
    "read_items",
    "refuse",
    "run",
    "save",
    "saved_chains",
    "tree",
]
