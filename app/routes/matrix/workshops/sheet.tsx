import { useEditor } from "~/ui/editor/editor-context";
import { WorkshopSheetPage } from "~/ui/workshop-sheet/workshop-sheet-page";

export { ViewError as ErrorBoundary } from "~/ui/shell/view-error";

export default function WorkshopSheetRoute() {
  const { matrix, matrixId } = useEditor();
  return <WorkshopSheetPage matrix={matrix} matrixId={matrixId} />;
}
