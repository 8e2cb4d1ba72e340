import type { Person } from "~/domain/people/people";

/** A person of the client; a test names only the fields it is about. */
export function aPerson(id: string, fields: Partial<Person> = {}): Person {
  return {
    id,
    side: "client",
    name: id,
    title: "",
    email: `${id}@example.com`,
    phones: [{ label: "Desk", number: "020 7946 0123" }],
    hours: "",
    timeZone: "Europe/London",
    week: null,
    deputyId: null,
    lastVerified: null,
    revision: 0,
    ...fields,
  };
}
