import { useEditor } from "~/ui/editor/editor-context";
import { MatrixPage } from "~/ui/matrix/matrix-page";

export { ViewError as ErrorBoundary } from "~/ui/shell/view-error";

export default function MatrixRoute() {
  const editor = useEditor();
  return <MatrixPage matrix={editor.matrix} editor={editor.readOnly ? null : editor} />;
}
