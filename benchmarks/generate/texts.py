"""What generated proposals say: sentences that read like applications, colons, quotes and accents included."""

from __future__ import annotations

from random import Random

__all__ = ["ACRONYMS", "CATEGORIES", "TITLES", "activity", "summary"]

TITLES = (
    "Detecting forged identity documents at the green border",
    "Joint investigation of migrant smuggling along the eastern route",
    "Exchange of experts on integrated border management",
    "Immigration liaison officers: a network for the Western route",
    "Strengthening passport issuance and personalisation",
    "Regional analysis cell against trafficking in human beings",
)
ACRONYMS = ("SAFE-DOCS", "JIMS", "EXBORD", "LIAISON+", "PASSPORT", "REACT", "GREENLINE", "TRUSTID")
CATEGORIES = ("training", "exchange_of_experts", "systems_and_services", "studies", "liaison_officers", "policy")
ACTIVITIES = (
    "Specialised training of first-line and second-line officers",
    "Study visits and exchange of experts",
    "Delivery and integration of document readers",
    "Baseline study and standard operating procedures",
    "Deployment of liaison officers",
    "Table-top exercise and joint operation",
)
SENTENCES = (
    "The activity starts with a needs assessment, carried out together with the partner's training department.",
    "Six modules are foreseen: passports, visas, residence permits, breeder documents, impostors and reporting.",
    "Each session gathers 24 officers from at least four border crossing points and ends with a practical test.",
    "Trainers are serving officers; their salaries are borne by the lead applicant as co-financing.",
    "The partner's academy takes the curriculum over (“train the trainers”), so that the results outlast the action.",
    "Equipment is procured under the grant's procurement rules and handed over with a maintenance plan of 36 months.",
    "Personal data are processed only by the competent authorities, under national law and the data protection plan.",
    "Risks: staff turnover at the partner institution, delays in customs clearance, changes in the security situation.",
    "Indicators: number of officers certified, share of forged documents detected, time needed for a check.",
    "Fundamental-rights aspects are part of every module, with a trainer of the Ombudsman's office.",
    "A joint working group meets every quarter, alternately in the two capitals, and reports to both ministries.",
    "The study compares the procedures at eleven crossing points and proposes a common set of 'red flags'.",
    "Results are shared with neighbouring countries through the regional dialogue and at one closing conference.",
    "Civil-society partners give information to victims of trafficking and run a help line in three languages.",
    "Where the security situation forbids travel, sessions are held on-line; the budget line for travel then falls.",
    "The action builds on the lessons of an earlier project (2019\u20132021) and draws a clear line between the two.",
)


def activity(random: Random) -> dict[str, str]:
    """An activity with title, category and two sentences."""
    return {
        "title": random.choice(ACTIVITIES),
        "category": random.choice(CATEGORIES),
        "description": " ".join(random.sample(SENTENCES, 2)),
    }


def summary(random: Random) -> str:
    """A paragraph about the whole action."""
    return " ".join(random.sample(SENTENCES, 4))
