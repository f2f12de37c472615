"""Documents from the command line: the same pages, the same question of consent, the same record."""

import argparse
from pathlib import Path
from typing import Any
from uuid import UUID

from caseapp.commands import Outcome, Usage, signed_in, with_database
from caseapp.domain.disclosures import Basis, Ground
from caseapp.domain.forms import LANGUAGES
from caseapp.domain.papers import LETTERS, Asked, BlankForm, PaperKind
from caseapp.services.desk import Services
from caseapp.system import files

_FOR = {"person": Basis.TO_THE_PERSON, "inside": Basis.INSIDE, "consent": Basis.CONSENT}


def add(commands: Any) -> None:
    """Put the print commands beside the others."""
    printing = commands.add_parser("print", help="the documents of the desk, with the same consent check")
    papers = printing.add_subparsers(metavar="WHAT", required=True)
    handoff = _paper(papers, "handoff", "the warm handoff of a referral")
    handoff.add_argument("--referral", required=True, help="its id or its reply code")
    handoff.set_defaults(run=signed_in(_print_handoff))
    for kind in PaperKind:
        made = _in_language(_paper(papers, kind.value, f"{kind.value.replace('-', ' ')} of a person"))
        made.add_argument("--person", type=_id, required=True, help="the person's id")
        if kind is PaperKind.OWN_LETTER:
            made.add_argument("--letter", required=True, help="its name, as under “Texts of forms”")
        if not kind.is_for_the_person_only:
            made.add_argument(
                "--for",
                dest="basis",
                choices=tuple(_FOR),
                default="inside",
                help="who reads it; inside the agency where nothing is said",
            )
            made.add_argument("--recipient", default="", help="who receives it, with --for consent")
        made.set_defaults(run=signed_in(_print_paper), kind=kind, basis="person", recipient="")
        if not kind.is_for_the_person_only:
            made.set_defaults(basis="inside")
    blank = _in_language(_paper(papers, "blank", "a form to fill in by hand"))
    blank.add_argument("form", choices=tuple(one.value for one in BlankForm), help="which form")
    blank.set_defaults(run=signed_in(_print_blank))
    letters = _paper(papers, "letters", "one letter to everybody of an open case")
    known = ", ".join(one.value for one in LETTERS)
    letters.add_argument("letter", help=f"{known}, or the name of a letter of your own")
    letters.add_argument("--mine", action="store_true", help="of my own cases alone")
    letters.set_defaults(run=signed_in(_print_letters))


def _paper(papers: Any, name: str, words: str) -> argparse.ArgumentParser:
    made = with_database(papers.add_parser(name, help=words))
    made.add_argument("--out", type=Path, required=True, help="the PDF to write")
    return made


def _in_language(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--language", choices=LANGUAGES, default="en", help="of the paper")
    return parser


def _check_out(path: Path) -> None:
    """A page that could not be written must not be recorded as one that left."""
    if path.exists():
        raise Usage(words=f"“{path.name}” exists already; choose another name")
    files.check_writable(path)


def _print_handoff(services: Services, options: argparse.Namespace) -> Outcome:
    referral_id = _referral(services, options.referral)
    _check_out(options.out)
    printed = services.handoff.print(referral_id=referral_id)
    files.write_atomically(options.out, printed.pdf)
    facts = {"file": options.out.name, "disclosure": printed.number}
    return Outcome(facts, f"Wrote {options.out.name}, disclosure {printed.number}.")


def _print_paper(services: Services, options: argparse.Namespace) -> Outcome:
    _check_out(options.out)
    asked = Asked(
        options.kind,
        options.person,
        options.language,
        recipient=options.recipient,
        letter=_own(services, options.letter) if options.kind is PaperKind.OWN_LETTER else "",
        ground=Ground(_FOR[options.basis]),
    )
    printed = services.person_papers.print(asked=asked)
    files.write_atomically(options.out, printed.pdf)
    told = f"disclosure {printed.number}" if printed.number else "inside the agency, in the journal"
    facts = {"file": options.out.name, "disclosure": printed.number or None}
    return Outcome(facts, f"Wrote {options.out.name}, {told}.")


def _print_blank(services: Services, options: argparse.Namespace) -> Outcome:
    _check_out(options.out)
    pdf = services.person_papers.blank(form=BlankForm(options.form), language=options.language)
    files.write_atomically(options.out, pdf)
    return Outcome({"file": options.out.name}, f"Wrote {options.out.name}.")


def _print_letters(services: Services, options: argparse.Namespace) -> Outcome:
    """Those against whom nothing stands; the others are named by what lacks, never by name."""
    _check_out(options.out)
    kind = next((one for one in LETTERS if one.value == options.letter), PaperKind.OWN_LETTER)
    own = _own(services, options.letter) if kind is PaperKind.OWN_LETTER else ""
    letters = services.letters
    rows = services.cases.caseload(only_mine=options.mine)
    everybody = tuple(row.case.person_id for row in rows)
    checked = letters.check(kind=kind, own=own, person_ids=everybody).letters if everybody else ()
    going = tuple(one.person_id for one in checked if one.may_go)
    if not going:
        raise Usage(words=f"None of {len(checked)} people can get this letter; look at it at the desk")
    printed = letters.print(kind=kind, own=own, person_ids=going)
    files.write_atomically(options.out, printed.pdf)
    facts = {"file": options.out.name, "letters": len(going), "left_out": len(checked) - len(going)}
    return Outcome(facts, f"Wrote {options.out.name}: {len(going)} letters, {facts['left_out']} left out.")


def _own(services: Services, name: str) -> str:
    """The key of a letter of our own by its name, whatever its case."""
    letters = services.forms.own_letters()
    found = next((one for one in letters if name.casefold() in (one.title.casefold(), one.key)), None)
    if found is None:
        names = ", ".join(f"“{one.title}”" for one in letters) or "none yet"
        raise Usage(words=f"No letter has this name. Letters of your own: {names}")
    return found.key


def _referral(services: Services, text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        found = services.referrals.by_reply_code(text=text)
    if found is None:
        raise Usage(words="No referral has this reply code")
    return found


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise argparse.ArgumentTypeError("the id of a person's record") from None
