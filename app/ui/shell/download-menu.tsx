import { EXPORT_FORMATS, paths, type ExportFormat } from "~/paths";
import { Button } from "../primitives/button";
import { ChevronDown, Download, FileBraces, FileSpreadsheet, FileText, Icon, Table, type LucideIcon } from "../primitives/icon";
import { Menu, type MenuItem } from "../primitives/menu";
import styles from "./download-menu.module.css";

export const FORMAT_WORDS: Record<ExportFormat, { name: string; meaning: string; icon: LucideIcon }> = {
  xlsx: { name: "Excel workbook", meaning: "to read, sign and attach", icon: FileSpreadsheet },
  json: { name: "JSON", meaning: "everything, for other tools", icon: FileBraces },
  csv: { name: "CSV", meaning: "one row per duty", icon: Table },
  md: { name: "Markdown", meaning: "to paste into a page", icon: FileText },
};

/** The draft as a file, marked as a draft. */
export function DownloadMenu({ matrixId }: { matrixId: string }) {
  const items: MenuItem[] = EXPORT_FORMATS.map((format) => ({
    key: format,
    label: FORMAT_WORDS[format].name,
    hint: FORMAT_WORDS[format].meaning,
    icon: <Icon of={FORMAT_WORDS[format].icon} />,
    href: paths.exportDraft(matrixId, format),
    download: true,
  }));
  return (
    <Menu
      align="end"
      items={items}
      trigger={(props) => (
        <Button {...props} icon={<Icon of={Download} />} className={styles.trigger} aria-label="Download the draft" title="Download the draft">
          <span className={styles.word}>Download</span>
          <Icon of={ChevronDown} className={styles.word} />
        </Button>
      )}
    />
  );
}
