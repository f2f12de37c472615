"""Directories of the three generations of HSDS."""

from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "hsds" / "spec-examples-3.1-dev"
needs_examples = pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the standard's examples are not here")
MIAMI = {
    "organizations.csv": "id,name,description,url\n1,Harbor,Helps,http://harbor.example\n",
    "services.csv": "id,organization_id,name,description,status,fees\n"
    "1,1,Beds,Overnight,,Free\n2,9,Meals,Warm,,\n3,1,,Nameless,,\n",
    "locations.csv": "id,organization_id,name,latitude,longitude\n1,1,House,25.7,-80.1\n",
    "services_at_location.csv": "id,service_id,location_id\n1,1,1\n",
    "physical_addresses.csv": "id,location_id,address_1,city,state_province,postal_code,country\n"
    "1,1,5 Oak St,Miami,FL ,33101,US\n",
    "phones.csv": "id,service_id,number,language,department\n1,1,305-555-0100,Spanish,Intake\n",
    "regular_schedules.csv": "id,service_id,weekday,opens_at,closes_at,original_text\n"
    ",1,1,7:30am,5pm,Mon 7:30-5\n,1,Tuesday,7:30am,5pm,\n",
    "holiday_schedules.csv": "id,service_id,closed,opens_at,closes_at,start_date,end_date\n"
    "1,1,TRUE,,,2026-12-25,2026-12-25\n",
    "eligibility.csv": "id,service_id,eligibility\n1,1,Adults\n2,,Everybody\n",
    "payments_accepted.csv": "id,service_id,payment\n1,1,Medicaid\n",
    "accessibility_for_disabilities.csv": "id,location_id,accessibility,details\n1,1,ramp,front door\n",
    "taxonomy.csv": "id,name,parent_id,parent_name,vocabulary\n1,Emergency Shelter,,,AIRS\n",
    "services_taxonomy.csv": "id,service_id,taxonomy_id,taxonomy_detail\n1,1,1,overnight\n",
    "languages.csv": "id,service_id,language\n1,1,Spanish\n",
    "service_areas.csv": "id,service_id,service_area\n1,1,Dade\\nCounty\n",
}
"""The first generation as open211 wrote it: the same small ids in every table, and what real files lack."""
