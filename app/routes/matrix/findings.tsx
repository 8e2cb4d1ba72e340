import { useEditor } from "~/ui/editor/editor-context";
import { FindingsPage } from "~/ui/findings/findings-page";

export { ViewError as ErrorBoundary } from "~/ui/shell/view-error";

export default function FindingsRoute() {
  return <FindingsPage editor={useEditor()} />;
}
