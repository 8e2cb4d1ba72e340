import { useEditor } from "~/ui/editor/editor-context";
import { FindingsPage } from "~/ui/findings/findings-page";

export default function FindingsRoute() {
  return <FindingsPage editor={useEditor()} />;
}
