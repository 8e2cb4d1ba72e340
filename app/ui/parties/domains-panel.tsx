import { useId, useMemo, useState, type FormEvent } from "react";
import { LIMITS } from "~/domain/limits";
import { hasVisibleText, normalised } from "~/domain/text";
import type { MatrixEditor } from "../editor/editor-types";
import { Button } from "../primitives/button";
import { Field, FieldError, TextInput } from "../primitives/form/field";
import { Icon, Plus, Trash2 } from "../primitives/icon";
import { dutyCount } from "./duty-count";
import { NameInput } from "./name-input";
import styles from "./parties-page.module.css";

/** The named groups of duties: rename, add, and delete those that are empty. */
export function DomainsPanel({ editor }: { editor: MatrixEditor }) {
  const { domains, duties } = editor.matrix;
  const counts = useMemo(() => {
    const byDomain = new Map<string, number>();
    for (const { domainId } of duties) byDomain.set(domainId, (byDomain.get(domainId) ?? 0) + 1);
    return byDomain;
  }, [duties]);
  return (
    <section className={styles.panel} aria-labelledby="domains-title">
      <h2 id="domains-title" className={styles.legend}>
        Domains
      </h2>
      {domains.length === 0 && (
        <p className={styles.quiet}>No domain yet. Duties are grouped by domain, so add one first.</p>
      )}
      <ul className={styles.rows}>
        {domains.map((domain) => {
          const count = counts.get(domain.id) ?? 0;
          return (
            <li key={domain.id} className={styles.row}>
              <code className={styles.code}>{domain.code}</code>
              <NameInput
                label={`Name of the domain ${domain.name}`}
                value={domain.name}
                save={(name, was) =>
                  editor.run(
                    [{ type: "domain.rename", domainId: domain.id, name, was }],
                    `Renamed ${domain.name} to ${name.trim()}`,
                  )
                }
              />
              <span className={styles.held}>{dutyCount(count)}</span>
              <Button
                variant="ghost"
                icon={<Icon of={Trash2} />}
                aria-label={`Delete the domain ${domain.name}`}
                title={count > 0 ? "Move or delete its duties first." : `Delete ${domain.name}`}
                disabled={count > 0}
                onClick={() =>
                  editor.run([{ type: "domain.delete", domainId: domain.id }], `Deleted the domain ${domain.name}`)
                }
              />
            </li>
          );
        })}
      </ul>
      <AddDomain editor={editor} />
    </section>
  );
}

/** An unused code, made of the first letters of the name. */
function suggestedCode(name: string, usedCodes: ReadonlySet<string>): string {
  const letters = normalised(name, "NFD")
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "")
    .replace(/^\d+/, "");
  const base = letters.length >= 2 ? letters.slice(0, 3) : "DOM";
  for (let n = 1; n < 100; n++) {
    const code = n === 1 ? base : `${base}${n}`;
    if (!usedCodes.has(code)) return code;
  }
  return base;
}

function AddDomain({ editor }: { editor: MatrixEditor }) {
  const [name, setName] = useState("");
  const [typedCode, setTypedCode] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const id = useId();
  const code =
    typedCode ?? (name === "" ? "" : suggestedCode(name, new Set(editor.matrix.domains.map((domain) => domain.code))));

  function add(event: FormEvent) {
    event.preventDefault();
    if (hasVisibleText(name) && !/^[A-Z][A-Z0-9]{1,5}$/.test(code))
      return setError("A code has two to six capital letters or digits and starts with a letter.");
    const domain = { domainId: crypto.randomUUID(), name, code: code === "" ? "DOM" : code, beforeId: null };
    const result = editor.run([{ type: "domain.add", ...domain }], `Added the domain ${name.trim()}`);
    setError(result.ok ? null : result.rejection.message);
    if (!result.ok) return;
    setName("");
    setTypedCode(null);
  }

  return (
    <form className={styles.add} onSubmit={add} aria-describedby={error ? id : undefined}>
      <Field label="New domain" hideLabel className={styles.grow}>
        <TextInput
          placeholder="New domain, such as Network"
          value={name}
          onChange={(event) => setName(event.target.value)}
          aria-invalid={error !== null || undefined}
        />
      </Field>
      <Field label="Code of the new domain" hideLabel className={styles.codeField}>
        <TextInput
          placeholder="Code"
          title="Two to six letters or digits; the first part of its duties’ codes"
          maxLength={LIMITS.domainCode}
          value={code}
          onChange={(event) => setTypedCode(normalised(event.target.value, "NFKC").toUpperCase())}
        />
      </Field>
      <Button type="submit" icon={<Icon of={Plus} />}>
        Add domain
      </Button>
      {error && <FieldError id={id}>{error}</FieldError>}
    </form>
  );
}
