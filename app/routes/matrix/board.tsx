import { Board } from "~/ui/board/board";
import { useEditor } from "~/ui/editor/editor-context";

export { ViewError as ErrorBoundary } from "~/ui/shell/view-error";

export default function BoardRoute() {
  const editor = useEditor();
  return <Board matrix={editor.matrix} editor={editor.readOnly ? null : editor} />;
}
