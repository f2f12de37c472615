"""Exports and lists written to a file and brought in, as the desk does it."""

EXPORT = (
    "Incident Number,Call Received,Call Type,Address,Disposition,Unit,Subject Name\r\n"
    "26-1,2026-11-20 10:00,Welfare check,Oak St,Assisted,A1,Jim Okafor\r\n"
    "26-2,2026-11-20 11:00,Trespass,Plaza,Assisted,A1,\r\n"
    "26-2,2026-11-20 11:00,Trespass,Plaza,Assisted,P12,\r\n"
    ",2026-11-20 12:00,Noise,Plaza,Report,,\r\n"
)
CERTAIN = EXPORT.replace(",Noise,Plaza,Report,,", ",Noise,Plaza,Report,A1,")


def a_file(services, text, name="calls.csv"):
    path = services.context.database.path.with_name(name)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def bring(services, text, name="calls.csv"):
    path = a_file(services, text, name)
    return services.imports.import_calls(reading=services.imports.read_calls(path=path), path=path)


class Ticks:
    """A clock that is moved by hand."""

    at = 0.0

    def __call__(self):
        return self.at


def bring_people(services, text, name="people.csv", **more):
    data = text.encode() if isinstance(text, str) else text
    reading = services.people_lists.read(data=data, name=name)
    return services.people_lists.bring_in(reading=reading, name=name, data=data, **more)
