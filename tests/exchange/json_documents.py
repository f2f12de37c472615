"""Calls as JSON has them: plain objects, and documents of EIDO."""

from datetime import UTC, datetime

CALLS = [
    {"num": "A1", "when": "2026-11-20 10:00", "where": {"street": "Oak"}},
    {"num": 7.50, "tags": ["a", "b"]},
]
LOCATION = (
    '<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:ca="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr"'
    ' xmlns:gml="http://www.opengis.net/gml"><tuple><ca:civicAddress><ca:A3>Eugene</ca:A3><ca:PRD>W</ca:PRD>'
    "<ca:RD>11TH</ca:RD><ca:STS>AVE</ca:STS><ca:HNO>1200</ca:HNO><ca:PC>97401</ca:PC></ca:civicAddress>"
    "<gml:Point><gml:pos>44.05 -123.09</gml:pos></gml:Point></tuple></presence>"
)


def at(hour, minute=0):
    return datetime(2026, 11, 20, hour, minute, tzinfo=UTC)


def a_document(written="2026-11-20T10:05:00+00:00", status="Dispatched", **incident):
    return {
        "eidoVersion": "1.0",
        "issuingElementIdentification": "esrp.example.org",
        "incidentComponent": {
            "$id": "i1",
            "lastUpdateTimeStamp": written,
            "internalIncidentId": "26-100",
            "incidentTypeCommonRegistryText": "Person in crisis",
            "incidentTypeInternalCode": "MH",
            "incidentCommonPriorityNumber": 4,
            "beatOrDispatchGroupText": "B4",
            "locationReference": [{"$ref": "l1"}],
            "vendorSpecific": {"x": 1},
            **incident,
        },
        "callComponent": [
            {"callStartTimestamp": "2026-11-20T02:01:00-08:00", "standardPrimaryCallType": "emergency"}
        ],
        "agencyComponent": {"$id": "ag1", "agencyJcard": ["vcard", [["fn", {}, "text", "Lane 911"]]]},
        "agentComponent": [
            {
                "$id": "a1",
                "agentRoleRegistryText": ["Call taking"],
                "agentJcard": ["vcard", [["fn", {}, "text", "Ann T"]]],
            },
            {
                "$id": "a2",
                "agentRoleRegistryText": "Dispatching",
                "agentWorkstationPositionIdentification": "D3",
            },
        ],
        "locationComponent": {"$id": "l1", "locationByValue": LOCATION, "crossStreetText": "Pearl St"},
        "personComponent": {
            "personIncidentRoleRegistryText": ["caller"],
            "ncPersonComponent": {
                "personName": {"personGivenName": "Mia", "personSurName": "Oduya"},
                "personBirthDate": {"date": "1990-02-03"},
                "contact": {"telephoneNumber": "541-555-0100"},
            },
        },
        "emergencyResourceComponent": [
            {
                "emergencyResourceName": "1J77",
                "primaryUnitStatusRegistryText": status,
                "lastUpdateTimeStamp": written,
            }
        ],
        "notesComponent": [
            {
                "noteText": "Caller says he shouts",
                "lastUpdateTimeStamp": written,
                "authorReference": {"$ref": "a1"},
            }
        ],
    }
