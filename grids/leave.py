"""Which units make up a leave area 活动区域: computed from the execution place, never chosen (CCM-26b).

Execution place in a district 市辖区: all districts of that city, not its counties and county-level cities. In
a county or county-level city: that unit alone. By the same rule the districts of a
municipality are its urban area.
"""

from collections.abc import Iterable

from kernel.law import law

# GB/T 2260, digits 3 and 4: 01-20, 51-70 cities that a province governs (of a municipality: 01 its districts,
# 02 its counties); 21-50 prefectures, whose 01-20 are county-level cities; 90 what lies under the province.
CITIES = frozenset({*range(1, 21), *range(51, 71)})
# Digits 5 and 6: 01-20 and 51-80 districts, 21-50 counties, 81-99 county-level cities.
DISTRICTS_OF_A_CITY = frozenset({*range(1, 21), *range(51, 81)})


def is_city_district(code: str) -> bool:
    """Whether a 12-digit county-level code names a 市辖区."""
    return int(code[2:4]) in CITIES and int(code[4:6]) in DISTRICTS_OF_A_CITY


@law("CCM-26b")
def leave_area_codes(unit: str, county_codes: Iterable[str]) -> list[str]:
    """Codes of the county-level units that form the leave area of `unit`, sorted; `unit` itself is one."""
    if not is_city_district(unit):
        return [unit]
    same_city = {code for code in county_codes if code[:4] == unit[:4] and is_city_district(code)}
    return sorted(same_city | {unit})
