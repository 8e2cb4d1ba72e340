import { forwardRef } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import { indexOf } from "~/domain/matrix/owner";
import { MARKED, type BoardFilter } from "../board/board-view";
import { Field, Select, TextInput } from "../primitives/form/field";
import { pressOf } from "../primitives/keys";
import { DomainOptions } from "./domain-options";
import { KindOptions } from "./kind-options";

type FilterFieldsProps = {
  matrix: Matrix;
  filter: BoardFilter;
  set: (param: "q" | "domain" | "owner" | "kind", value: string) => void;
  classes: { search?: string; domain?: string; owner?: string; kind?: string };
};

/** The search and the filters that choose which duties a view shows; the ref is the search. */
export const FilterFields = forwardRef<HTMLInputElement, FilterFieldsProps>(function FilterFields(
  { matrix, filter, set, classes },
  search,
) {
  const { client, provider } = indexOf(matrix);
  return (
    <>
      <Field label="Find a duty" hideLabel className={classes.search}>
        <TextInput
          ref={search}
          type="search"
          placeholder="Find a duty"
          defaultValue={filter.query}
          onChange={(event) => set("q", event.target.value)}
          onKeyDown={(event) => pressOf(event).key === "Escape" && event.currentTarget.blur()}
        />
      </Field>
      <Field label="Domain" hideLabel className={classes.domain}>
        <Select value={filter.domainId} onChange={(event) => set("domain", event.target.value)}>
          <option value="">All domains</option>
          <DomainOptions domains={matrix.domains} />
        </Select>
      </Field>
      <Field label="Owner" hideLabel className={classes.owner}>
        <Select value={filter.owner} onChange={(event) => set("owner", event.target.value)}>
          <option value="">Any owner</option>
          {[client, provider].map((party) =>
            party ? (
              <option key={party.id} value={party.id}>
                Owned by {party.name}
              </option>
            ) : null,
          )}
          <option value="nobody">No owner yet</option>
        </Select>
      </Field>
      <Field label="Kind and pressure" hideLabel className={classes.kind}>
        <Select value={filter.kind} onChange={(event) => set("kind", event.target.value)}>
          <option value="">Any kind</option>
          <option value={MARKED}>Show each duty’s kind</option>
          <KindOptions />
        </Select>
      </Field>
    </>
  );
});
