import { useEditor } from "~/ui/editor/editor-context";
import { PartiesPage } from "~/ui/parties/parties-page";

export { ViewError as ErrorBoundary } from "~/ui/shell/view-error";

export default function PartiesRoute() {
  return <PartiesPage editor={useEditor()} />;
}
