"""Mesa agents: readable views on the rows of the state, whose methods are the decisions of the schedule.

The only place, with `model`, that knows Mesa. A subclass may override any decision in Python.
"""

from sim.agents.adopter import Adopter
from sim.agents.firm import Firm
from sim.agents.fund import Fund
from sim.agents.government import Government
from sim.agents.institute import Institute
from sim.agents.talent_pool import TalentPool
from sim.agents.view import RowAgent

__all__ = ["Adopter", "Firm", "Fund", "Government", "Institute", "RowAgent", "TalentPool"]
