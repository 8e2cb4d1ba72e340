import type { Domain } from "~/domain/matrix/shapes";

/** The domains as choices of a list. */
export function DomainOptions({ domains }: { domains: readonly Domain[] }) {
  return domains.map(({ id, name }) => (
    <option key={id} value={id}>
      {name}
    </option>
  ));
}
