import { Suspense, useState } from "react";
import { EXPORT_FORMATS, type ExportFormat } from "~/domain/pack/report-parts";
import { paths, type ExportQuery } from "~/paths";
import { Button, type ButtonProps } from "../primitives/button";
import {
  Archive,
  ChevronDown,
  Download,
  FileBraces,
  FileSpreadsheet,
  FileText,
  Icon,
  ListChecks,
  Table,
  type LucideIcon,
} from "../primitives/icon";
import { lazily } from "../primitives/lazily";
import { Menu } from "../primitives/overlays/menu";
import type { MenuItem } from "../primitives/overlays/menu-item";
import styles from "./download-menu.module.css";

/** The name of each format. `long` formats take so long to write that a dialog shows progress. */
const FORMAT_WORDS: Record<ExportFormat, { name: string; meaning: string; icon: LucideIcon; long: boolean }> = {
  xlsx: { name: "Excel workbook", meaning: "to read, sign, attach", icon: FileSpreadsheet, long: true },
  docx: { name: "Word document", meaning: "a schedule to attach", icon: FileText, long: true },
  pdf: { name: "PDF", meaning: "to keep and to print", icon: FileText, long: true },
  zip: { name: "All as ZIP", meaning: "the whole pack", icon: Archive, long: true },
  json: { name: "JSON", meaning: "everything, for tools", icon: FileBraces, long: false },
  csv: { name: "CSV", meaning: "one row per duty", icon: Table, long: false },
  md: { name: "Markdown", meaning: "to paste into a page", icon: FileText, long: false },
};

const writing = lazily(async () => (await import("./export-dialog")).ExportDialog);
const choosing = lazily(async () => (await import("./parts-dialog")).PartsDialog);
const ExportDialog = writing.Component;
const PartsDialog = choosing.Component;

type DownloadMenuProps = { matrixId: string; version?: number; short?: boolean } & Pick<
  ButtonProps,
  "size" | "variant"
>;

/** Downloads the draft or a version as a file. A `short` button becomes its icon on narrow screens. */
export function DownloadMenu({ matrixId, version, short = false, size, variant }: DownloadMenuProps) {
  const [wanted, setWanted] = useState<{ href: string; name: string } | null>(null);
  const [choose, setChoose] = useState(false);
  const what = version === undefined ? "Download draft" : `Download version ${version}`;
  const hrefOf = (format: ExportFormat, query: ExportQuery = {}) =>
    version === undefined
      ? paths.exportDraft(matrixId, format, query)
      : paths.exportVersion(matrixId, version, format, query);
  const items: MenuItem[] = EXPORT_FORMATS.map((format): MenuItem => {
    const { name, meaning, icon, long } = FORMAT_WORDS[format];
    const face = { key: format, label: name, hint: meaning, icon: <Icon of={icon} /> };
    return long
      ? { ...face, onSelect: () => setWanted({ href: hrefOf(format), name }) }
      : { ...face, href: hrefOf(format), download: true };
  });
  items.push({
    key: "parts",
    label: "Choose parts…",
    hint: "an extract, an amendment, another paper",
    icon: <Icon of={ListChecks} />,
    separated: true,
    onSelect: () => setChoose(true),
  });
  return (
    <>
      <Menu
        align="end"
        items={items}
        trigger={(props) => (
          <Button
            {...props}
            size={size}
            variant={variant}
            icon={<Icon of={Download} />}
            className={short ? styles.short : undefined}
            aria-label={what}
            title={what}
          >
            <span className={styles.word}>{version === undefined ? what : "Download"}</span>
            <Icon of={ChevronDown} className={styles.word} />
          </Button>
        )}
      />
      {/* A boundary that is there from the start could be re-rendered before React has taken it over, which it answers with an error. */}
      {(choose || wanted) && (
        <Suspense>
          {choose && (
            <PartsDialog
              title={what}
              onClose={() => setChoose(false)}
              onChoose={(format, query) => {
                setChoose(false);
                setWanted({ href: hrefOf(format, query), name: FORMAT_WORDS[format].name });
              }}
            />
          )}
          {wanted && (
            <ExportDialog key={wanted.href} href={wanted.href} name={wanted.name} onClose={() => setWanted(null)} />
          )}
        </Suspense>
      )}
    </>
  );
}
