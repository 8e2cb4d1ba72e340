import { useEditor } from "~/ui/editor/editor-context";
import { PartiesPage } from "~/ui/parties/parties-page";

export default function PartiesRoute() {
  return <PartiesPage editor={useEditor()} />;
}
