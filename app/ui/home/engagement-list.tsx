import { useSearchParams } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { paths } from "~/paths";
import { PartyMark } from "../marks/party-mark";
import { ButtonLink } from "../primitives/button";
import { Empty } from "../primitives/empty";
import { Field, TextInput } from "../primitives/field";
import { Icon, Plus, Search } from "../primitives/icon";
import { Kbd } from "../primitives/kbd";
import { EngagementTableRow } from "./engagement-table-row";
import styles from "./engagement-list.module.css";
import type { EngagementRow } from "./home-page";
import { SampleForm } from "./sample-form";

/** Every engagement as one line, found by the names of its parties or its agreement reference. */
export function EngagementList({ engagements }: { engagements: EngagementRow[] }) {
  const [query, setQuery] = useQuery();
  const shown = engagements.filter((engagement) => matches(engagement, query));
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <h1>
          Engagements <span className={styles.count}>{engagements.length}</span>
        </h1>
        <ClientSearch query={query} onChange={setQuery} />
        <ButtonLink to={paths.newEngagement("library")} variant="primary" icon={<Icon of={Plus} />} prefetch="intent">
          New engagement
        </ButtonLink>
      </header>
      <p className="vh" role="status">
        {query === "" ? "" : `${shown.length} of ${engagements.length} shown`}
      </p>
      <section className={styles.panel} aria-label="Engagements">
        {shown.length > 0 ? <EngagementTable engagements={shown} /> : <Empty title={`No client matches “${query}”.`}>Clear the search, or start a new engagement.</Empty>}
      </section>
      {!engagements.some(({ sample }) => sample) && (
        <div className={styles.sample}>
          <span>Want to look around first?</span>
          <SampleForm size="sm">Open the sample engagement</SampleForm>
        </div>
      )}
    </div>
  );
}

function EngagementTable({ engagements }: { engagements: EngagementRow[] }) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Client</th>
          <th scope="col">Version</th>
          <th scope="col">
            Ownership <Legend />
          </th>
          <th scope="col" className={styles.number}>
            Duties
          </th>
          <th scope="col" className={styles.number}>
            Blockers
          </th>
          <th scope="col">Next review</th>
        </tr>
      </thead>
      <tbody>
        {engagements.map((engagement) => (
          <EngagementTableRow key={engagement.id} engagement={engagement} />
        ))}
      </tbody>
    </table>
  );
}

function Legend() {
  return (
    <span className={styles.legend}>
      {(
        [
          ["none", "Unassigned"],
          ["client", "Client"],
          ["shared", "Shared"],
          ["provider", "Provider"],
          ["third-party", "Third party"],
        ] as const
      ).map(([kind, word]) => (
        <span key={kind} title={word} className={styles.key}>
          <PartyMark kind={kind} />
          <span className={styles.word}>{word}</span>
        </span>
      ))}
    </span>
  );
}

function ClientSearch({ query, onChange }: { query: string; onChange: (query: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
      event.preventDefault();
      input.current?.focus();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  return (
    <div className={styles.search} role="search">
      <Icon of={Search} size={14} />
      <Field label="Find a client" hideLabel>
        <TextInput
          ref={input}
          type="search"
          name="q"
          placeholder="Find a client"
          value={query}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => event.key === "Escape" && onChange("")}
        />
      </Field>
      {query === "" && <Kbd>/</Kbd>}
    </div>
  );
}

/** The search text, kept in the address without asking the server again: the rows are all here. */
function useQuery(): [string, (query: string) => void] {
  const [params] = useSearchParams();
  const [query, setQuery] = useState(params.get("q") ?? "");
  function change(next: string) {
    setQuery(next);
    const url = new URL(window.location.href);
    if (next === "") url.searchParams.delete("q");
    else url.searchParams.set("q", next);
    window.history.replaceState(window.history.state, "", url);
  }
  return [query, change];
}

function matches({ clientName, providerName, agreementReference }: EngagementRow, query: string): boolean {
  const wanted = query.trim().toLowerCase();
  return wanted === "" || [clientName, providerName, agreementReference].some((text) => text.toLowerCase().includes(wanted));
}
