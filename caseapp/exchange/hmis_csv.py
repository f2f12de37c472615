"""HUD HMIS CSV, FY2024 and FY2026: the columns of each file by version, and values in HUD's own form.

Columns are those of the HMIS CSV Format Specifications; what this program does not record stays empty, and
a question that was never asked is 99, data not collected.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from caseapp.domain.errors import CaseAppError
from caseapp.exchange import cells

VERSIONS = ("2026", "2024")
_AUDIT = "DateCreated DateUpdated UserID DateDeleted ExportID"

_CLIENT_2024 = (
    "PersonalID FirstName MiddleName LastName NameSuffix NameDataQuality SSN SSNDataQuality DOB "
    "DOBDataQuality AmIndAKNative Asian BlackAfAmerican HispanicLatinaeo MidEastNAfrican "
    "NativeHIPacific White RaceNone AdditionalRaceEthnicity Woman Man NonBinary CulturallySpecific "
    "Transgender Questioning DifferentIdentity GenderNone DifferentIdentityText VeteranStatus "
    "YearEnteredService YearSeparated WorldWarII KoreanWar VietnamWar DesertStorm AfghanistanOEF "
    "IraqOIF IraqOND OtherTheater MilitaryBranch DischargeStatus"
)
_ENROLLMENT_2024 = (
    "EnrollmentID PersonalID ProjectID EntryDate HouseholdID RelationshipToHoH EnrollmentCoC "
    "LivingSituation RentalSubsidyType LengthOfStay LOSUnderThreshold PreviousStreetESSH "
    "DateToStreetESSH TimesHomelessPastThreeYears MonthsHomelessPastThreeYears DisablingCondition "
    "DateOfEngagement MoveInDate DateOfPATHStatus ClientEnrolledInPATH ReasonNotEnrolled PercentAMI "
    "ReferralSource CountOutreachReferralApproaches DateOfBCPStatus EligibleForRHY ReasonNoServices "
    "RunawayYouth SexualOrientation SexualOrientationOther FormerWardChildWelfare ChildWelfareYears "
    "ChildWelfareMonths FormerWardJuvenileJustice JuvenileJusticeYears JuvenileJusticeMonths "
    "UnemploymentFam MentalHealthDisorderFam PhysicalDisabilityFam AlcoholDrugUseDisorderFam "
    "InsufficientIncome IncarceratedParent VAMCStation TargetScreenReqd TimeToHousingLoss "
    "AnnualPercentAMI LiteralHomelessHistory ClientLeaseholder HOHLeaseholder SubsidyAtRisk "
    "EvictionHistory CriminalRecord IncarceratedAdult PrisonDischarge SexOffender DisabledHoH "
    "CurrentPregnant SingleParent DependentUnder6 HH5Plus CoCPrioritized HPScreeningScore "
    "ThresholdScore TranslationNeeded PreferredLanguage PreferredLanguageDifferent"
)
_SAME = {
    "CurrentLivingSituation": (
        "CurrentLivingSitID EnrollmentID PersonalID InformationDate CurrentLivingSituation CLSSubsidyType "
        "VerifiedBy LeaveSituation14Days SubsequentResidence ResourcesToObtain LeaseOwn60Day MovedTwoOrMore "
        "LocationDetails"
    ),
    "Services": (
        "ServicesID EnrollmentID PersonalID DateProvided RecordType TypeProvided OtherTypeProvided "
        "MovingOnOtherType SubTypeProvided FAAmount FAStartDate FAEndDate ReferralOutcome"
    ),
    "Event": (
        "EventID EnrollmentID PersonalID EventDate Event ProbSolDivRRResult ReferralCaseManageAfter "
        "LocationCrisisOrPHHousing ReferralResult ResultDate"
    ),
    "Exit": (
        "ExitID EnrollmentID PersonalID ExitDate Destination DestinationSubsidyType OtherDestination "
        "HousingAssessment SubsidyInformation ProjectCompletionStatus EarlyExitReason ExchangeForSex "
        "ExchangeForSexPastThreeMonths CountOfExchangeForSex AskedOrForcedToExchangeForSex "
        "AskedOrForcedToExchangeForSexPastThreeMonths WorkPlaceViolenceThreats WorkplacePromiseDifference "
        "CoercedToContinueWork LaborExploitPastThreeMonths CounselingReceived IndividualCounseling "
        "FamilyCounseling GroupCounseling SessionCountAtExit PostExitCounselingPlan SessionsInPlan "
        "DestinationSafeClient DestinationSafeWorker PosAdultConnections PosPeerConnections "
        "PosCommunityConnections AftercareDate AftercareProvided EmailSocialMedia Telephone "
        "InPersonIndividual InPersonGroup CMExitReason"
    ),
}
_EXPORT = (
    "ExportID SourceType SourceID SourceName SourceContactFirst SourceContactLast SourceContactPhone "
    "SourceContactExtension SourceContactEmail ExportDate ExportStartDate ExportEndDate SoftwareName "
    "SoftwareVersion CSVVersion ExportPeriodType ExportDirective HashStatus ImplementationID"
)
_GENDERS = frozenset(
    {
        "Woman",
        "Man",
        "NonBinary",
        "CulturallySpecific",
        "Transgender",
        "Questioning",
        "DifferentIdentity",
        "GenderNone",
        "DifferentIdentityText",
    }
)
_LEFT_2026 = frozenset(
    {
        "SexualOrientation",
        "SexualOrientationOther",
        "TranslationNeeded",
        "PreferredLanguage",
        "PreferredLanguageDifferent",
    }
)


class UnknownVersion(CaseAppError):
    """HUD changes the format each year; this program writes those it knows."""

    code = "hmis.unknown-version"


def columns(version: str) -> dict[str, tuple[str, ...]]:
    """Each file's columns in order; raises UnknownVersion."""
    if version not in VERSIONS:
        raise UnknownVersion(version=version, known=", ".join(VERSIONS))
    client, enrollment = _CLIENT_2024.split(), _ENROLLMENT_2024.split()
    if version == "2026":
        client = [name for name in client if name not in _GENDERS]
        client = [name.replace("HispanicLatinaeo", "HispanicLatinao") for name in client]
        client.insert(client.index("AmIndAKNative"), "Sex")
        enrollment = [name for name in enrollment if name not in _LEFT_2026] + ["MentalHealthConsultation"]
    files = {"Client": client, "Enrollment": enrollment} | {name: one.split() for name, one in _SAME.items()}
    audited = {name: (*found, *_AUDIT.split()) for name, found in files.items()}
    return {**audited, "Export": tuple(_EXPORT.split())}


def write(name: str, rows: Iterable[Mapping[str, str]], version: str) -> bytes:
    """One file; a value under a column that this version lacks is left out."""
    header = columns(version)[name]
    return cells.write_csv(header, ([row.get(column, "") for column in header] for row in rows))


def day(value: date | None) -> str:
    """A date as HUD writes it."""
    return value.isoformat() if value else ""


def moment(value: datetime) -> str:
    """A date and time as HUD writes it, in the agency's own zone."""
    return value.strftime("%Y-%m-%d %H:%M:%S")
