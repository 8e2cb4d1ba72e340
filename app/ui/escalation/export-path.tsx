import type { EscalationPath } from "~/domain/matrix/escalation-shapes";
import { ON_CALL_FORMATS, type OnCallFormat } from "~/domain/pack/report-parts";
import { paths } from "~/paths";
import { Button } from "../primitives/button";
import { ChevronDown, Download, FileBraces, FileText, Icon, type LucideIcon } from "../primitives/icon";
import { Menu } from "../primitives/overlays/menu";
import type { MenuItem } from "../primitives/overlays/menu-item";

const FORMATS: Record<OnCallFormat, { name: string; icon: LucideIcon }> = {
  "on-call": { name: "JSON for on-call tools", icon: FileBraces },
  terraform: { name: "Terraform for PagerDuty", icon: FileText },
};

/** Downloads the shown path, or all of the draft, as a file that an on-call tool takes in. */
export function ExportPath({ matrixId, path }: { matrixId: string; path: EscalationPath }) {
  const items = [
    { key: "one", label: <bdi>{path.name}</bdi>, pathId: path.id },
    { key: "all", label: "All paths", pathId: undefined },
  ].flatMap(({ key, label, pathId }, which) =>
    ON_CALL_FORMATS.map((format, i): MenuItem => {
      const { name, icon } = FORMATS[format];
      return {
        key: `${key}-${format}`,
        label,
        hint: name,
        icon: <Icon of={icon} size={14} />,
        separated: which > 0 && i === 0,
        href: paths.exportPaths(matrixId, format, pathId),
        download: true,
      };
    }),
  );
  return (
    <Menu
      align="end"
      items={items}
      trigger={(props) => (
        <Button {...props} icon={<Icon of={Download} />}>
          Export path
          <Icon of={ChevronDown} />
        </Button>
      )}
    />
  );
}
