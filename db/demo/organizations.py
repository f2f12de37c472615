"""The invented directory: organizations, their categories and services, and what is substance-use treatment."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Organization:
    name: str
    categories: tuple[str, ...]
    services: tuple[str, ...]
    is_substance_use: bool = False


def _one(name: str, categories: str, services: str, *, is_substance_use: bool = False) -> Organization:
    return Organization(name, tuple(categories.split()), tuple(services.split("; ")), is_substance_use)


ORGANIZATIONS = (
    _one(
        "Harbor Detox",
        "detox treatment",
        "Withdrawal management; Intensive outpatient",
        is_substance_use=True,
    ),
    _one("Northside Housing", "housing shelter", "Rapid rehousing; Landlord line; Family units"),
    _one("Peer House", "peer-support shelter", "Peer respite; Drop-in; Night line"),
    _one("Garden Way Shelter", "shelter", "Overnight beds; Day room"),
    _one(
        "Mill Street Clinic", "medical mental-health", "Walk-in medical care; Medication clinic; Wound care"
    ),
    _one(
        "River County Behavioral Health",
        "mental-health treatment",
        "Crisis stabilization; Case management; Outpatient therapy",
    ),
    _one("Open Table", "food", "Hot meals; Food boxes"),
    _one("Second Street Legal Aid", "legal", "Tickets and warrants; Eviction help"),
    _one("Bridge Benefits", "benefits", "SSI and SSDI help; Food benefits; ID recovery"),
    _one("Veterans Landing", "veterans housing", "Transitional rooms; Benefits counsel"),
    _one("Bright Smile Dental Van", "medical", "Dental van"),
    _one("Casa del Río", "family legal", "Family support; Immigration counsel"),
    _one("Women's Harbor", "shelter family", "Emergency rooms; Advocacy"),
    _one("Youth Corner", "family shelter", "Youth beds; Street outreach"),
    _one("Steady Work", "employment", "Day labor desk; Resume help"),
    _one("Green Line Rides", "transport", "Medical rides; Bus passes"),
    _one(
        "Cedar Recovery",
        "treatment detox",
        "Sober living; Methadone clinic; Counseling",
        is_substance_use=True,
    ),
    _one("Eastside Library Social Work", "benefits peer-support", "Social worker hour"),
    _one("Hmong Family Center", "family benefits", "Elders program"),
    _one("Somali Community Hall", "family employment", "Family counsel; Job help"),
    _one("Paws Beside", "pets", "Pet boarding"),
    _one("Riverside Hospital", "medical mental-health", "Emergency department; Partial hospitalization"),
    _one("Crisis Walk-in Center", "crisis mental-health", "Walk-in crisis care; 23-hour observation"),
    _one("Clean Start Laundry", "hygiene", "Showers and laundry"),
    _one("Kitchen on Wheels", "food", "Evening meals"),
    _one("Lantern Night Shelter", "shelter", "Winter beds"),
    _one("Fern Street Village", "housing", "Tiny homes"),
    _one("Safe Use Van", "treatment medical", "Naloxone and supplies", is_substance_use=True),
    _one("Nước Trong Elders", "family food", "Elders lunch"),
    _one("Bridges Interpreting", "language-help", "Interpreters by phone"),
    _one("Quiet Room Respite", "peer-support crisis", "Peer respite nights"),
    _one("County Reentry Desk", "legal employment", "Reentry planning"),
    _one("Slow Steps Brain Injury Group", "medical family", "Brain injury support"),
    _one("Cold Creek Sobering", "detox", "Sobering beds", is_substance_use=True),
    _one("Tenants Together", "housing legal", "Tenant hotline"),
)
