import { useState, type FormEvent } from "react";
import {
  isExtract,
  PAPERS,
  REPORT_PARTS,
  WHOLE_PACK,
  type ExportFormat,
  type Paper,
  type ReportPart,
} from "~/domain/pack/report-parts";
import type { ExportQuery } from "~/paths";
import { Button } from "../primitives/button";
import { Dialog } from "../primitives/overlays/dialog";
import { Segmented } from "../primitives/form/segmented";
import styles from "./download-menu.module.css";
import { useMay } from "../draft/own-side";
import { PartChoice } from "./part-choice";

const FORMATS = [
  { value: "xlsx", label: "Excel" },
  { value: "docx", label: "Word" },
  { value: "pdf", label: "PDF" },
] as const satisfies { value: ExportFormat; label: string }[];
type Format = (typeof FORMATS)[number]["value"];

const WHOLE = WHOLE_PACK.parts;
const OPTIONAL = REPORT_PARTS.filter((part) => !WHOLE.includes(part));

type PartsDialogProps = {
  title: string;
  onChoose: (format: ExportFormat, query: ExportQuery) => void;
  onClose: () => void;
};

/** Chooses what to download: all parts, some of them, or only the amendment; and the paper size. */
export function PartsDialog({ title, onChoose, onClose }: PartsDialogProps) {
  const mayContacts = useMay("export-contacts");
  const [what, setWhat] = useState<"parts" | "amendment">("parts");
  const [parts, setParts] = useState<readonly ReportPart[]>(WHOLE);
  const [format, setFormat] = useState<Format>("pdf");
  const [paper, setPaper] = useState<Paper>("A4");
  const none = what === "parts" && parts.length === 0;

  function choose(event: FormEvent) {
    event.preventDefault();
    const chosen = REPORT_PARTS.filter((part) => parts.includes(part));
    if (!none) onChoose(format, what === "amendment" ? { as: "amendment", paper } : { parts: chosen.join(","), paper });
  }

  return (
    <Dialog open onClose={onClose} title={title}>
      <form onSubmit={choose} className={styles.form}>
        <Segmented
          label="What"
          options={[
            { value: "parts", label: "Chosen parts" },
            { value: "amendment", label: "Only what was amended" },
          ]}
          value={what}
          onChange={setWhat}
          stretch
        />
        {what === "parts" ? (
          <>
            <PartChoice legend="The schedule and its annexes" parts={WHOLE} chosen={parts} onChange={setParts} />
            <PartChoice
              legend="By choice"
              parts={OPTIONAL.filter((part) => part !== "contacts" || mayContacts)}
              chosen={parts}
              onChange={setParts}
            />
          </>
        ) : (
          <p>
            Only the duties that differ from the last agreed version, or from the version before where none was agreed,
            each before and after.
          </p>
        )}
        <Segmented label="Format" options={FORMATS} value={format} onChange={setFormat} stretch />
        <Segmented
          label="Paper"
          options={PAPERS.map((one) => ({ value: one, label: one }))}
          value={paper}
          onChange={setPaper}
          stretch
        />
        <p className={styles.note}>
          {none
            ? "Choose at least one part."
            : what === "parts" && isExtract(parts)
              ? "Without one of the first four it is an extract, and says so on every page. So that it can be checked, the file still carries the whole text inside."
              : "So that it can be checked, the file carries the whole text inside."}
        </p>
        <div className={styles.actions}>
          <Button type="submit" variant="primary" disabled={none}>
            Download
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  );
}
