"""True rows to released rows: what others than the group itself may see of a disclosive measure.

`release` treats one series; `release_all` treats every series of a mart and then holds back what would let a
hidden count be worked out from its neighbours; `audit` says how far an outsider can narrow each hidden count.
"""

from pipelines.disclosure.audit import audit
from pipelines.disclosure.cells import ReleasedCell, release_cells
from pipelines.disclosure.chosen import FOR_OTHERS, PRIVACY, chosen_profile
from pipelines.disclosure.faults import release_faults
from pipelines.disclosure.kept import RELEASED, digest_of, one_release, read_ledger, write_ledger
from pipelines.disclosure.ledger import Ledger
from pipelines.disclosure.profile import NHS, PROFILES, Profile, hidden_label, why_hidden
from pipelines.disclosure.release import release
from pipelines.disclosure.released import Released, rounding_too_coarse, without_telling_which
from pipelines.disclosure.repeated import enter_series
from pipelines.disclosure.withhold import exposed, release_all, withhold_complements

__all__ = [
    "FOR_OTHERS",
    "NHS",
    "PRIVACY",
    "PROFILES",
    "RELEASED",
    "Ledger",
    "Profile",
    "Released",
    "ReleasedCell",
    "audit",
    "chosen_profile",
    "digest_of",
    "enter_series",
    "exposed",
    "hidden_label",
    "one_release",
    "read_ledger",
    "release",
    "release_all",
    "release_cells",
    "release_faults",
    "rounding_too_coarse",
    "why_hidden",
    "withhold_complements",
    "without_telling_which",
    "write_ledger",
]
