"""What people enter: kept for ever, never edited, each link of the chain carrying the hash of the one before."""

from pipelines.records.address import SEED, address_of, is_begun, is_sample
from pipelines.records.chain import EMPTY, Head
from pipelines.records.checking import check_records
from pipelines.records.faults import faults_of
from pipelines.records.kinds import Body, Record
from pipelines.records.standing import Entry, Recorded, standing
from pipelines.records.store import Records, open_records, read_records
from pipelines.records.text import read_text, write_text

__all__ = [
    "EMPTY",
    "SEED",
    "Body",
    "Entry",
    "Head",
    "Record",
    "Recorded",
    "Records",
    "address_of",
    "check_records",
    "faults_of",
    "is_begun",
    "is_sample",
    "open_records",
    "read_records",
    "read_text",
    "standing",
    "write_text",
]
