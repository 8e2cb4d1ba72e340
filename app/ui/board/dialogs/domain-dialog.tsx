import { useState, type FormEvent } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Domain } from "~/domain/matrix/shapes";
import { normalised } from "~/domain/text";
import type { MatrixEditor } from "../../editor/editor-types";
import { Button } from "../../primitives/button";
import { Dialog } from "../../primitives/overlays/dialog";
import { Field, TextInput } from "../../primitives/form/field";

type DomainDialogProps = {
  open: boolean;
  domain: Domain | null;
  editor: MatrixEditor;
  onClose: () => void;
  onAdded: (domainId: string) => void;
};

/** Names a new domain, or renames one. */
export function DomainDialog({ open, domain, editor, onClose, onAdded }: DomainDialogProps) {
  const [name, setName] = useState(domain?.name ?? "");
  const [error, setError] = useState<string | null>(null);

  function save(event: FormEvent) {
    event.preventDefault();
    const domainId = domain?.id ?? crypto.randomUUID();
    const result = domain
      ? editor.run([{ type: "domain.rename", domainId, name }], `Domain renamed to ${name.trim()}`)
      : editor.run(
          [{ type: "domain.add", domainId, name, code: freeCode(name, editor.matrix), beforeId: null }],
          `Domain ${name.trim()} added`,
        );
    if (!result.ok) return setError(result.rejection.message);
    onClose();
    if (!domain) onAdded(domainId);
  }

  return (
    <Dialog open={open} onClose={onClose} size="sm" title={domain ? "Rename the domain" : "Add a domain"}>
      <form onSubmit={save} style={{ display: "grid", gap: 16 }}>
        <Field label="Name" hint="A group of duties, such as “Network and connectivity”." error={error}>
          <TextInput value={name} onChange={(event) => setName(event.target.value)} autoFocus />
        </Field>
        <Button type="submit" variant="primary">
          {domain ? "Rename" : "Add domain"}
        </Button>
      </form>
    </Dialog>
  );
}

/** Three letters from the name, with a number where another domain has them. */
function freeCode(name: string, matrix: Matrix): string {
  const letters = normalised(name, "NFD")
    .toUpperCase()
    .replace(/[^A-Z]/g, "")
    .slice(0, 3)
    .padEnd(3, "X");
  const usedCodes = new Set([...matrix.domains.map(({ code }) => code), ...Object.keys(matrix.issued)]);
  for (let i = 1; ; i++) {
    const code = i === 1 ? letters : `${letters}${i}`;
    if (!usedCodes.has(code)) return code;
  }
}
