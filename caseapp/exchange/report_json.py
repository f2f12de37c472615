"""A report as JSON: the contract that checks and other programs read."""

import json
from typing import Any

from caseapp.domain.figures import rounded
from caseapp.domain.measures.measure import Definition
from caseapp.domain.measures.scope import DATE_BASES, Scope
from caseapp.domain.reports import Explanation, Report, Shown

_TEXTS = ("section", "sentence", "excludes", "window", "source", "warning")


def write(report: Report) -> bytes:
    """The report's bytes, in UTF-8, keys in the order they are read."""
    return json.dumps(plain(report), ensure_ascii=False, indent=1).encode()


def plain(report: Report) -> dict[str, Any]:
    """The report as plain values."""
    return {
        "title": report.title,
        "agency": report.agency,
        "period": _period(report.scope),
        "made_at": report.made_at.isoformat(),
        "version": report.version,
        "public": report.is_public,
        "hidden_below": report.threshold,
        "compared": {name: _period(scope) for name, scope in report.compared},
        "measures": [
            {
                **_figure(line.definition, line.now),
                "compared": {name: _figure(line.definition, shown) for name, shown in line.compared},
                "groups": {name: _figure(line.definition, shown) for name, shown in line.groups},
                "definition": {
                    **{name: getattr(line.definition, name) for name in _TEXTS},
                    "numerator": line.definition.numerator,
                    "denominator": line.definition.denominator,
                    "date_basis": line.definition.basis,
                },
            }
            for line in report.lines
        ],
        "notes": list(report.notes),
    }


def write_rows(explanation: Explanation) -> bytes:
    """The rows behind a figure, counted, not counted and left out."""
    rows = [
        {
            "record": str(one.record_id),
            "kind": one.kind,
            "label": one.label,
            "day": one.day.isoformat() if one.day else None,
            "state": one.state,
            "why": one.why,
        }
        for one in explanation.rows
    ]
    figure = _figure(explanation.definition, explanation.shown)
    return json.dumps({**figure, "rows": rows}, ensure_ascii=False, indent=1).encode()


def _period(scope: Scope) -> dict[str, str]:
    return {
        "from": scope.from_on.isoformat(),
        "to": scope.to_on.isoformat(),
        "date_basis": DATE_BASES[scope.date_basis],
        "program": scope.program,
        "model": scope.model,
    }


def _figure(definition: Definition, shown: Shown) -> dict[str, Any]:
    return {
        "id": definition.id,
        "name": definition.name,
        "value": rounded(shown.value, definition.unit),
        "unit": definition.unit,
        "numerator": shown.numerator,
        "denominator": shown.denominator,
        "excluded": [{"reason": reason, "count": count} for reason, count in shown.excluded],
        "parts": [{"name": words, "count": count} for words, count in shown.parts],
        "facts": dict(shown.facts),
        "hidden": shown.is_hidden,
    }
