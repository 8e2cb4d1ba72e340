import { EXPORT_FORMATS, paths, type ExportFormat } from "~/paths";
import { Button, type ButtonProps } from "../primitives/button";
import { ChevronDown, Download, FileBraces, FileSpreadsheet, FileText, Icon, Table, type LucideIcon } from "../primitives/icon";
import { Menu, type MenuItem } from "../primitives/menu";
import styles from "./download-menu.module.css";

const FORMAT_WORDS: Record<ExportFormat, { name: string; meaning: string; icon: LucideIcon }> = {
  xlsx: { name: "Excel workbook", meaning: "to read, sign, attach", icon: FileSpreadsheet },
  json: { name: "JSON", meaning: "everything, for tools", icon: FileBraces },
  csv: { name: "CSV", meaning: "one row per duty", icon: Table },
  md: { name: "Markdown", meaning: "to paste into a page", icon: FileText },
};

type DownloadMenuProps = { matrixId: string; version?: number; short?: boolean } & Pick<ButtonProps, "size" | "variant">;

/** The draft, or a version, as a file. A `short` one shrinks to its icon where there is little room. */
export function DownloadMenu({ matrixId, version, short = false, size, variant }: DownloadMenuProps) {
  const what = version === undefined ? "Download draft" : `Download version ${version}`;
  const items: MenuItem[] = EXPORT_FORMATS.map((format) => ({
    key: format,
    label: FORMAT_WORDS[format].name,
    hint: FORMAT_WORDS[format].meaning,
    icon: <Icon of={FORMAT_WORDS[format].icon} />,
    href: version === undefined ? paths.exportDraft(matrixId, format) : paths.exportVersion(matrixId, version, format),
    download: true,
  }));
  return (
    <Menu
      align="end"
      items={items}
      trigger={(props) => (
        <Button {...props} size={size} variant={variant} icon={<Icon of={Download} />} className={short ? styles.short : undefined} aria-label={what} title={what}>
          <span className={styles.word}>{version === undefined ? what : "Download"}</span>
          <Icon of={ChevronDown} className={styles.word} />
        </Button>
      )}
    />
  );
}
